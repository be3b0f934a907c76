; The version that is installed already: where it is, what was chosen, and how it gives way.

Var PreviousFolder
Var PreviousVersion
Var PreviousOrder
Var PreviousOffered    ; ids of the optional sections it had: a section that is new gets its default
Var PreviousComponents ; those that were installed

Function ReadPrevious
  ReadRegStr $PreviousFolder SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $PreviousVersion SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $PreviousOrder SHCTX "${UNINSTALL_KEY}" "Qcw.VersionOrder"
  ReadRegStr $PreviousOffered SHCTX "${UNINSTALL_KEY}" "Qcw.Offered"
  ReadRegStr $PreviousComponents SHCTX "${UNINSTALL_KEY}" "Qcw.Components"
  ReadRegStr $PathEntry SHCTX "${UNINSTALL_KEY}" "Qcw.PathEntry"
FunctionEnd

; An older version over a newer one is mostly a mistake: a person is asked, a silent run must say /DOWNGRADE.
Function CheckDowngrade
  ${If} $PreviousOrder == ""
  ${OrIf} $DowngradeWanted = 1
    Return
  ${EndIf}
  ${VersionCompare} "${PRODUCT_VERSION_ORDER}" $PreviousOrder $0
  ${If} $0 = 2
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Version $PreviousVersion is installed. Replace it by the older version ${PRODUCT_VERSION}?" /SD IDNO IDYES replace
    SetErrorLevel ${EXIT_DOWNGRADE}
    Quit
    replace:
  ${EndIf}
FunctionEnd

; Creates the install folder and a file in it.
Function TryFolder
  ClearErrors
  CreateDirectory "$INSTDIR"
  ${IfNot} ${Errors} ; asking clears the flag
    GetTempFileName $0 "$INSTDIR"
    ${IfNot} ${Errors}
      Delete $0
      Return
    ${EndIf}
  ${EndIf}
  RMDir "$INSTDIR" ; only if it is empty
  !insertmacro FailInSection ${EXIT_FAILED} "The folder $INSTDIR cannot be created or written to."
FunctionEnd

; Runs the uninstaller of the version that is there: only it knows its files. It changes nothing if one of them is in use.
Function RemovePrevious
  ${If} $PreviousFolder == ""
  ${OrIfNot} ${FileExists} "$PreviousFolder\${UNINSTALLER}"
    Return
  ${EndIf}
  DetailPrint "Removing version $PreviousVersion from $PreviousFolder"
  ClearErrors
  ExecWait '"$PreviousFolder\${UNINSTALLER}" /S /UPGRADE _?=$PreviousFolder' $0
  ${If} ${Errors}
    StrCpy $0 ${EXIT_FAILED}
  ${EndIf}
  ${If} $0 = ${EXIT_IN_USE}
    !insertmacro FailInSection $0 "A file in $PreviousFolder is in use. Close the program and start again."
  ${ElseIf} $0 <> 0
    !insertmacro FailInSection ${EXIT_FAILED} "Version $PreviousVersion in $PreviousFolder could not be removed (exit code $0)."
  ${EndIf}
  Delete "$PreviousFolder\${UNINSTALLER}" ; it cannot delete itself while it is waited for
  RMDir "$PreviousFolder"
FunctionEnd
