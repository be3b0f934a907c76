; What people have made with the product: virtual machines, which are never removed unasked. Only those of the person who uninstalls can be
; removed; each has a file that is named after it.

!ifdef PRODUCT_MACHINES
Var MachineNames   ; separated by blanks, or empty

Function un.FindMachines
  StrCpy $MachineNames ""
  FindFirst $0 $1 "$PROFILE\${PRODUCT_MACHINES}*${PRODUCT_MACHINES_END}"
  ${DoWhile} $1 != ""
    StrLen $2 "${PRODUCT_MACHINES_END}"
    StrCpy $1 $1 -$2
    ${If} $MachineNames == ""
      StrCpy $MachineNames $1
    ${Else}
      StrCpy $MachineNames "$MachineNames $1"
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
FunctionEnd

; Nobody is asked in a silent run, nor by a newer installer.
Function un.AskAboutMachines
  ${If} $Upgrading = 1
    StrCpy $MachinesWanted 0
    Return
  ${EndIf}
  Call un.FindMachines
  ${If} $MachineNames == ""
  ${OrIf} $MachinesWanted = 1
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "You have virtual machines: $MachineNames.$\r$\n$\r$\nRemove them too, with all containers, images and volumes in them? If you answer No they stay, and can be used again once Podman is installed again." /SD IDNO IDNO keep
  StrCpy $MachinesWanted 1
  keep:
FunctionEnd

; Before any file is removed: the program that does it is one of them.
Function un.RemoveMachines
  ${If} $MachinesWanted <> 1
    Return
  ${EndIf}
  StrCpy $Words $MachineNames
  StrCpy $Separator " "
  System::Call 'kernel32::SetEnvironmentVariableW(w "${PRODUCT_MACHINES_VARIABLE}", w "${PRODUCT_MACHINES_VALUE}")'
  ${Do}
    Call un.NextWord
    ${If} $Word == ""
      ${ExitDo}
    ${EndIf}
    DetailPrint "Removing the virtual machine $Word"
    nsExec::ExecToLog '"$INSTDIR\${PRODUCT_MACHINES_PROGRAM}" ${PRODUCT_MACHINES_ARGUMENTS} "$Word"'
    Pop $0
    ${If} $0 != 0
      !insertmacro FailInSection ${EXIT_FAILED} "The virtual machine $Word could not be removed (exit code $0), so nothing is uninstalled. Remove it with Podman, or uninstall without removing machines."
    ${EndIf}
  ${Loop}
FunctionEnd

!macro SayWhatStays FOLDER
  ${If} ${FileExists} "$PROFILE\${FOLDER}\*.*"
    DetailPrint "Stays: $PROFILE\${FOLDER}"
  ${EndIf}
!macroend

Function un.SayWhatStays
  !insertmacro ForEachStaying SayWhatStays
FunctionEnd
!endif
