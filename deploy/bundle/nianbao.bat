@echo off
rem Runs nianbao with the data beside this file; without arguments it opens a window in which nianbao is a command.
chcp 65001 >nul
setlocal
set "PYTHONUTF8=1"
if not defined NIANBAO_SETTINGS if exist "%~dp0nianbao.toml" set "NIANBAO_SETTINGS=%~dp0nianbao.toml"
if not defined NIANBAO_DATA_DIR set "NIANBAO_DATA_DIR=%~dp0data"
if not exist "%~dp0venv\Scripts\nianbao.exe" goto missing
if "%~1"=="" goto window
"%~dp0venv\Scripts\nianbao.exe" %*
exit /b %ERRORLEVEL%

:window
set "PATH=%~dp0venv\Scripts;%PATH%"
cd /d "%~dp0"
cmd /k nianbao --help
exit /b

:missing
echo 还没有安装：请先运行 install.bat。
exit /b 1
