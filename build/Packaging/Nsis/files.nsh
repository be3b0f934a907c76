; What product-sections.nsh calls for each folder, file and shortcut.

; FOLDER: empty, or a path with a leading backslash
!macro EnterFolder FOLDER
  ClearErrors
  SetOutPath "$INSTDIR${FOLDER}"
  ${If} ${Errors}
    Push "$INSTDIR${FOLDER}"
    Call FailToWrite
  ${EndIf}
!macroend

; Jumps by a number of instructions: hundreds of ${If} take makensis seconds, and become the same instructions.
!macro InstallFile STAGED NAME
  ClearErrors
  File "/oname=${NAME}" "${STAGED}"
  IfErrors 0 +3
  Push "$OUTDIR\${NAME}"
  Call FailToWrite
!macroend

Function FailToWrite
  Pop $0
  !insertmacro FailInSection ${EXIT_FAILED} "$0 cannot be written. What was installed so far is removed."
FunctionEnd

; A program that runs, and a file that is open, cannot be opened for writing. The read-only mark alone is no obstacle.
!macro DefineCheckFree UN
Function ${UN}CheckFree
  Pop $0
  ${IfNot} ${FileExists} $0
  ${OrIf} ${FileExists} "$0\*.*"
    Return
  ${EndIf}
  ClearErrors
  FileOpen $1 $0 a
  ${If} ${Errors}
    SetFileAttributes $0 NORMAL
    ClearErrors
    FileOpen $1 $0 a
  ${EndIf}
  ${If} ${Errors}
    !insertmacro FailInSection ${EXIT_IN_USE} "$0 is in use. Close the program and start again; nothing was changed."
  ${EndIf}
  FileClose $1
FunctionEnd
!macroend
!insertmacro DefineCheckFree ""
!insertmacro DefineCheckFree "un."

!macro RemoveFolder FOLDER
  RMDir "$INSTDIR\${FOLDER}"
!macroend

; CONDITION: an installed file that must be there, or empty
!macro MakeShortcut NAME TARGET ARGUMENTS DESCRIPTION CONDITION
  ${If} "${CONDITION}" == ""
  ${OrIf} ${FileExists} "$INSTDIR\${CONDITION}"
    CreateDirectory "${START_MENU}"
    ClearErrors
    CreateShortcut "${START_MENU}\${NAME}.lnk" "${TARGET}" "${ARGUMENTS}" "" "" "" "" "${DESCRIPTION}"
    ${If} ${Errors}
      Push "${START_MENU}\${NAME}.lnk"
      Call FailToWrite
    ${EndIf}
  ${EndIf}
!macroend

!macro RemoveShortcut NAME TARGET ARGUMENTS DESCRIPTION CONDITION
  Delete "${START_MENU}\${NAME}.lnk"
!macroend
