; What points to the installed files from elsewhere: the Start menu, PATH, and Apps & Features with what the next version wants
; to know (values whose names begin with "Qcw.").

Function MakeShortcuts
  !insertmacro EnterFolder "" ; a shortcut's working folder is the current one
  !insertmacro ForEachShortcut MakeShortcut
FunctionEnd

!macro WantOnPath ID FOLDER
  ${If} $Components HasId "${ID}"
    StrCpy $R7 "$R7;$INSTDIR${FOLDER}"
  ${EndIf}
!macroend

!macro CheckRoom ID FOLDER
  ${If} $Components HasId "${ID}"
  ${AndIf} $PathError == ""
    StrCpy $R0 "$INSTDIR${FOLDER}"
    Call PathFind
    ${If} $R3 == 0
      StrLen $0 "$R0;"
      IntOp $R7 $R7 + $0
      ${If} $R7 > ${LONGEST_PATH}
        StrCpy $PathError "${PATH_TOO_LONG}"
      ${EndIf}
    ${EndIf}
  ${EndIf}
!macroend

; Before anything is changed, and above all before the older version is removed.
Function CheckRoomOnPath
  StrCpy $R7 ""
  !insertmacro ForEachPath WantOnPath
  ${If} $R7 == ""
    Return
  ${EndIf}
  Call PathOpen
  ${If} $PathError == ""
    System::Call 'kernel32::lstrlenW(p $PathText) i .R7'
    !insertmacro ForEachPath CheckRoom
  ${EndIf}
  Call PathClose
  ${If} $PathError != ""
    !insertmacro FailInSection ${EXIT_FAILED} "$R0 cannot be added to PATH: $PathError. Nothing was changed."
  ${EndIf}
FunctionEnd

; An entry that is on PATH from before stays in its place if it is wanted now.
Function UpdatePath
  StrCpy $R7 ""
  !insertmacro ForEachPath WantOnPath
  StrCpy $R8 $PathEntry
  StrCpy $PathEntry ""
  StrCpy $Separator ";"
  StrCpy $Words $R8
  ${Do}
    Call NextWord
    ${If} $Word == ""
      ${ExitDo}
    ${EndIf}
    ${IfNot} $R7 HasFolder $Word
      StrCpy $R0 $Word
      Call PathRemove
      Call CheckPathError
    ${EndIf}
  ${Loop}
  StrCpy $Words $R7
  ${Do}
    Call NextWord
    ${If} $Word == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $R0 $Word
    Call PathAppend
    Call CheckPathError
    ${If} $R9 = 1
    ${OrIf} $R8 HasFolder $Word ; what was there before and is not ours must not be taken out later
      ${If} $PathEntry == ""
        StrCpy $PathEntry $Word
      ${Else}
        StrCpy $PathEntry "$PathEntry;$Word"
      ${EndIf}
    ${EndIf}
  ${Loop}
FunctionEnd

Function CheckPathError
  ${If} $PathError != ""
    !insertmacro FailInSection ${EXIT_FAILED} "PATH was not changed: $PathError. What was installed so far is removed."
  ${EndIf}
FunctionEnd

Function Register
  ${GetTime} "" "L" $0 $1 $2 $3 $4 $5 $6
  ClearErrors
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT_NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${PRODUCT_VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PRODUCT_ICON}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PRODUCT_PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "URLInfoAbout" "${PRODUCT_HOMEPAGE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallDate" "$2$1$0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" $InstalledSize
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.VersionOrder" "${PRODUCT_VERSION_ORDER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.Offered" "${PRODUCT_COMPONENTS}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.Components" $Components
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.PathEntry" $PathEntry
!ifdef PRODUCT_CHOICE
  Call RegisterSettings
!endif
  ${If} ${Errors}
    !insertmacro FailInSection ${EXIT_FAILED} "The registry cannot be written. What was installed so far is removed."
  ${EndIf}
FunctionEnd
