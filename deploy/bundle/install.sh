#!/bin/sh
# All logic stands in install.py; this only finds a Python that the bundle has wheels for.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
for python in ${PYTHON:+"$PYTHON"} python3.14 python3.13 python3.12 python3.11 python3; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; then
        exec "$python" "$here/install.py"
    fi
done
echo "没有找到 Python 3.11 至 3.14。请联系管理员安装，例如软件包 python3.11 和 python3.11-venv，再运行 install.sh。" >&2
exit 1
