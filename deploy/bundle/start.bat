@echo off
rem Runs the whole pipeline on the folder beside this file until Ctrl-C.
chcp 65001 >nul
echo 正在运行：放进“报告”文件夹的年度报告会自动处理。要停止，请按 Ctrl-C。
call "%~dp0nianbao.bat" up --watch "%~dp0报告"
set "CODE=%ERRORLEVEL%"
if not defined NIANBAO_NO_PAUSE pause
exit /b %CODE%
