@echo off
rem Checks what was dropped on this file, or else the folder beside it, and shows the result in the browser.
chcp 65001 >nul
setlocal
set "RESULT=%~dp0核验结果.html"
del "%RESULT%" >nul 2>&1
if "%~1"=="" call "%~dp0nianbao.bat" check "%~dp0报告" --format html --output "%RESULT%"
if not "%~1"=="" call "%~dp0nianbao.bat" check %* --format html --output "%RESULT%"
set "CODE=%ERRORLEVEL%"
if not defined NIANBAO_NO_PAUSE if exist "%RESULT%" start "" "%RESULT%"
if not defined NIANBAO_NO_PAUSE pause
exit /b %CODE%
