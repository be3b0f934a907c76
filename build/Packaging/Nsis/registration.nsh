; What points to the installed files from elsewhere: the Start menu, PATH, and Apps & Features with what the next version wants
; to know (values whose names begin with "Qcw.").

Function MakeShortcuts
  !insertmacro EnterFolder "" ; a shortcut's working folder is the current one
  !insertmacro ForEachShortcut MakeShortcut
FunctionEnd

; The entry that is on PATH from before stays in its place if it is the one wanted now.
Function UpdatePath
  StrCpy $R7 ""
!ifdef PRODUCT_PATH_FOLDER
  ${If} $Components HasId "path"
    StrCpy $R7 "$INSTDIR${PRODUCT_PATH_FOLDER}"
  ${EndIf}
!endif
  ${If} $PathEntry != ""
  ${AndIf} $PathEntry != $R7
    StrCpy $R0 $PathEntry
    Call PathRemove
    Call CheckPathError
    StrCpy $PathEntry ""
  ${EndIf}
!ifdef PRODUCT_PATH_FOLDER
  ${If} $R7 != ""
    StrCpy $R0 $R7
    Call PathAppend
    Call CheckPathError
    ${If} $R9 = 1
      StrCpy $PathEntry $R7 ; what was there before and is not ours must not be taken out later
    ${EndIf}
  ${EndIf}
!endif
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
  ${If} ${Errors}
    !insertmacro FailInSection ${EXIT_FAILED} "The registry cannot be written. What was installed so far is removed."
  ${EndIf}
FunctionEnd
