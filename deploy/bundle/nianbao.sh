#!/bin/sh
# Runs nianbao with the data beside this file.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ ! -x "$here/venv/bin/nianbao" ]; then
    echo "还没有安装：请先运行 ./install.sh" >&2
    exit 1
fi
if [ -z "${NIANBAO_SETTINGS:-}" ] && [ -f "$here/nianbao.toml" ]; then
    export NIANBAO_SETTINGS="$here/nianbao.toml"
fi
export NIANBAO_DATA_DIR="${NIANBAO_DATA_DIR:-$here/data}"
exec "$here/venv/bin/nianbao" "$@"
