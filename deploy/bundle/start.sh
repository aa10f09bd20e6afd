#!/bin/sh
# Runs the whole pipeline on the folder beside this file until Ctrl-C.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
echo "正在运行：放进“报告”文件夹的年度报告会自动处理。要停止，请按 Ctrl-C。"
exec "$here/nianbao.sh" up --watch "$here/报告"
