#!/bin/sh
# Checks the files that are named, or else the folder beside this file, and writes the result beside it.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
[ $# -gt 0 ] || set -- "$here/报告"
rm -f "$here/核验结果.html"
"$here/nianbao.sh" check "$@" --format html --output "$here/核验结果.html"
code=$?
[ ! -f "$here/核验结果.html" ] || echo "结果写在：
$here/核验结果.html"
exit $code
