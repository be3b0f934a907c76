; Lists of ids separated by commas, of folders separated by semicolons, and how a run ends when something is wrong.

; ${If} "a,b" HasId "b": whole ids, letter case ignored
!macro _HasId _a _b _t _f
  !insertmacro HasItem "," `${_a}` `${_b}` `${_t}` `${_f}`
!macroend

; ${If} "C:\a;C:\b" HasFolder "C:\b": the same for folders
!macro _HasFolder _a _b _t _f
  !insertmacro HasItem ";" `${_a}` `${_b}` `${_t}` `${_f}`
!macroend

!macro HasItem SEPARATOR _a _b _t _f
  !insertmacro _LOGICLIB_TEMP
  Push "${SEPARATOR}${_b}${SEPARATOR}"
  Push "${SEPARATOR}${_a}${SEPARATOR}"
  System::Call 'shlwapi::StrStrIW(w s, w s) p .s'
  Pop $_LOGICLIB_TEMP
  !insertmacro _!= $_LOGICLIB_TEMP 0 `${_t}` `${_f}`
!macroend

Var Words     ; what is still to be taken apart
Var Word      ; the first of it
Var Separator

; Takes the first word off $Words. An empty word means that there is none left.
!macro DefineNextWord UN
Function ${UN}NextWord
  Push $0
  StrCpy $Word ""
  ${Do}
    StrCpy $0 $Words 1
    ${If} $0 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $Words $Words "" 1
    ${If} $0 == $Separator
      ${If} $Word != ""
        ${ExitDo}
      ${EndIf}
    ${Else}
      StrCpy $Word "$Word$0"
    ${EndIf}
  ${Loop}
  Pop $0
FunctionEnd
!macroend
!insertmacro DefineNextWord ""
!insertmacro DefineNextWord "un."

; Before anything was changed. A silent run shows nothing and leaves only the exit code.
!macro FailAtStart CODE TEXT
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; While installing or uninstalling: ends the work; .onInstFailed takes back what was done.
!macro FailInSection CODE TEXT
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Abort "${TEXT}"
!macroend
