; Removes exactly what was installed: every file by its name, every folder only if it is empty then.

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  Call un.ReadOptions
  ; a copy that was left somewhere must not touch the entries of another installation
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    ReadRegStr $Components HKLM "${UNINSTALL_KEY}" "Qcw.Components"
    ReadRegStr $PathEntry HKLM "${UNINSTALL_KEY}" "Qcw.PathEntry"
    StrCpy $Changed 1
  ${Else}
    StrCpy $Components "${PRODUCT_COMPONENTS}"
    StrCpy $Changed 0
  ${EndIf}
FunctionEnd

Section "Uninstall"
  SetOutPath "$TEMP" ; a current folder cannot be removed
!ifdef PRODUCT_MACHINES
  Call un.AskAboutMachines
!endif
  !insertmacro ForEachFile un.CheckFree
!ifdef PRODUCT_MACHINES
  Call un.RemoveMachines
!endif
  ClearErrors
  !insertmacro ForEachShortcut RemoveShortcut
  RMDir "${START_MENU}"
  ClearErrors
  !insertmacro ForEachFile RemoveFile
  ${If} ${Errors}
    !insertmacro FailInSection ${EXIT_FAILED} "Some files in $INSTDIR could not be removed."
  ${EndIf}
  !insertmacro ForEachFolder RemoveFolder
  ${If} $Changed = 1
  ${AndIf} $Upgrading <> 1
    Call un.PathRemoveAll
    ${If} $PathError != ""
      !insertmacro FailInSection ${EXIT_FAILED} "The files are removed, PATH was not changed: $PathError."
    ${EndIf}
!ifdef PRODUCT_CHOICE
    Call un.ReadSettings
    Call un.RemoveSettings
!endif
    DeleteRegKey HKLM "${UNINSTALL_KEY}"
!ifdef PRODUCT_MACHINES
    Call un.SayWhatStays
!endif
  ${EndIf}
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR"
SectionEnd
