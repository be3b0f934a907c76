; Removes exactly what was installed: every file by its name, every folder only if it is empty then.

Function un.onInit
  Call un.ReadOptions
  Call un.CheckElevation
  Call un.FindEdition
  Call un.UseEdition
  ${If} $Changed = 1
    ReadRegStr $Components SHCTX "${UNINSTALL_KEY}" "Qcw.Components"
    ReadRegStr $PathEntry SHCTX "${UNINSTALL_KEY}" "Qcw.PathEntry"
  ${Else}
    StrCpy $Components "${PRODUCT_COMPONENTS}"
  ${EndIf}
FunctionEnd

; The edition is the one whose folder this is. $Changed becomes 0 if none is: a copy that was left somewhere must not touch the entries of
; another installation. The files of all users are removed by a second run, see edition.nsh.
Function un.FindEdition
  SetRegView 64
  StrCpy $Changed 1
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $1 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $Edition ${EDITION_USER}
  ${ElseIf} $1 == $INSTDIR
    StrCpy $Edition ${EDITION_ALL}
    ${If} $IsElevated <> 1
      Call un.Restart
    ${EndIf}
  ${Else}
    StrCpy $Changed 0
    StrCpy $Edition ${EDITION_USER}
    ${If} $IsElevated = 1
      StrCpy $Edition ${EDITION_ALL}
    ${EndIf}
  ${EndIf}
FunctionEnd

; Not this copy in a temporary folder, which everybody could replace, gets the rights, but the one in the install folder.
Function un.Restart
  StrCpy $0 "$INSTDIR\${UNINSTALLER}"
  StrCpy $1 "/RESTARTED"
  ${If} ${Silent}
    StrCpy $1 "$1 /S"
  ${EndIf}
  ${If} $Upgrading = 1
    StrCpy $1 "$1 /UPGRADE"
  ${EndIf}
!ifdef PRODUCT_MACHINES
  ${If} $MachinesWanted = 1
    StrCpy $1 "$1 /REMOVE_MACHINES"
  ${EndIf}
!endif
  ${If} $EXEDIR == $INSTDIR
    StrCpy $1 "$1 _?=$INSTDIR" ; the caller waits
  ${EndIf}
  Call un.RunElevated
  ${If} $0 == ""
    !insertmacro FailAtStart ${EXIT_RIGHTS} "${ELEVATION_REFUSED}"
  ${EndIf}
  SetErrorLevel $0
  Quit
FunctionEnd

Section "Uninstall"
  SetOutPath "$TEMP" ; a current folder cannot be removed
!ifdef PRODUCT_MACHINES
  Call un.AskAboutMachines
!endif
  !insertmacro CheckFiles "un."
!ifdef PRODUCT_MACHINES
  Call un.RemoveMachines
!endif
  ClearErrors
  !insertmacro ForEachShortcut RemoveShortcut
  RMDir "${START_MENU}"
  ClearErrors
  !insertmacro RemoveFiles
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
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
!ifdef PRODUCT_MACHINES
    Call un.SayWhatStays
!endif
  ${EndIf}
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR"
SectionEnd
