@echo off
rem All logic stands in install.py; this only finds a Python that the bundle has wheels for.
rem What is not ASCII stands last, where cmd.exe looks for no label any more.
setlocal
set "PYTHONUTF8=1"
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "FOUND="
for %%v in (3.14 3.13 3.12 3.11) do call :try py -%%v
call :try python
if not defined FOUND goto missing
%FOUND% "%~dp0install.py"
set "CODE=%ERRORLEVEL%"
if not defined NIANBAO_NO_PAUSE pause
exit /b %CODE%

:try
if defined FOUND exit /b
%* -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))" >nul 2>&1
if not errorlevel 1 set "FOUND=%*"
exit /b

:missing
chcp 65001 >nul
echo 没有找到 Python。请先安装 64 位的 Python 3.13，再运行 install.bat。
echo 安装程序可在能上网的电脑上从 www.python.org 下载，文件名如 python-3.13.9-amd64.exe，用优盘带来。
echo 安装时请勾选 Add python.exe to PATH。
if not defined NIANBAO_NO_PAUSE pause
exit /b 1
