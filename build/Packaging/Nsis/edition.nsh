; For whom the product is installed. There are two editions, which can be installed side by side, each with its own folder, entry under
; Apps & Features, Start menu and PATH. SHCTX, $SMPROGRAMS and PATH (path.nsh) are those of $Edition.
; The program itself starts without rights, so that everybody can start it. What needs an administrator is done by a second run of it,
; which Windows' own question (UAC) allows; the first one waits for it and ends with its exit code.

!define TOKEN_QUERY 8
!define TOKEN_ELEVATION 20
!define RUN_ELEVATED_FLAGS 0x540 ; SEE_MASK_NOCLOSEPROCESS, SEE_MASK_NOASYNC, SEE_MASK_FLAG_NO_UI
!define ELEVATION_REFUSED "${PRODUCT_NAME} is installed for all users, which needs an administrator, and that was not allowed. Nothing was changed."

Var IsElevated ; 1: this process has the rights of an administrator

!macro DefineEditionFunctions UN

Function ${UN}UseEdition
  SetRegView 64
  ${If} $Edition == ${EDITION_ALL}
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

Function ${UN}CheckElevation
  StrCpy $IsElevated 0
  System::Call 'kernel32::GetCurrentProcess() p .r0'
  System::Call 'advapi32::OpenProcessToken(p r0, i ${TOKEN_QUERY}, *p .r0) i .r1'
  ${If} $1 <> 0
    System::Call 'advapi32::GetTokenInformation(p r0, i ${TOKEN_ELEVATION}, *i .r1, i 4, *i .r2) i .r2'
    System::Call 'kernel32::CloseHandle(p r0)'
    ${If} $2 <> 0
    ${AndIf} $1 <> 0
      StrCpy $IsElevated 1
    ${EndIf}
  ${EndIf}
FunctionEnd

; Runs the program $0 with the arguments $1 as administrator, to its end. $0 becomes its exit code, or empty if it was not allowed.
; Where UAC is off, "runas" starts a program without more rights: the second run, which knows that it is one, does not try again.
Function ${UN}RunElevated
  ${If} $Restarted = 1
    StrCpy $0 ""
    Return
  ${EndIf}
  ; SHELLEXECUTEINFOW, its size first; the zeros behind two of the numbers fill them up to 8 bytes
  System::Call '*(i 112, i ${RUN_ELEVATED_FLAGS}, p $HWNDPARENT, w "runas", w r0, w r1, p 0, i ${SW_SHOWNORMAL}, i 0, p 0, p 0, p 0, p 0, i 0, i 0, p 0, p 0) p .r2'
  StrCpy $0 ""
  System::Call 'shell32::ShellExecuteExW(p r2) i .r3'
  ${If} $3 <> 0
    System::Call '*$2(i, i, p, p, p, p, p, i, i, p, p, p, p, i, i, p, p .r4)'
    System::Call 'kernel32::WaitForSingleObject(p r4, i -1)'
    System::Call 'kernel32::GetExitCodeProcess(p r4, *i .r0)'
    System::Call 'kernel32::CloseHandle(p r4)'
  ${EndIf}
  System::Free $2
FunctionEnd

!macroend
!insertmacro DefineEditionFunctions ""
!insertmacro DefineEditionFunctions "un."

!ifdef PRODUCT_REPLACES
Var ReplacedForAll  ; the name of a product that is there for all users and that this one has inside, or empty
Var ReplacedForUser ; for this user
!endif
Var EditionTaken  ; the one that folder and components were chosen for
Var FolderForAll  ; where each is installed; empty: it is not
Var FolderForUser
Var RadioForAll   ; windows of the page
Var RadioForUser

; The command line decides, then what is installed: an upgrade stays in its edition. Where both are, or none is, the rights do.
Function ChooseEdition
  SetRegView 64
  ReadRegStr $FolderForAll HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $FolderForUser HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $EditionGiven != ""
    StrCpy $Edition $EditionGiven
  ${ElseIf} $FolderForAll != ""
  ${AndIf} $FolderForUser == ""
    StrCpy $Edition ${EDITION_ALL}
  ${ElseIf} $FolderForUser != ""
  ${AndIf} $FolderForAll == ""
    StrCpy $Edition ${EDITION_USER}
!ifdef PRODUCT_REPLACES
  ${ElseIf} $ReplacedForAll != ""
  ${AndIf} $ReplacedForUser == ""
    StrCpy $Edition ${EDITION_ALL} ; so do products that it takes the place of
  ${ElseIf} $ReplacedForUser != ""
  ${AndIf} $ReplacedForAll == ""
    StrCpy $Edition ${EDITION_USER}
!endif
  ${ElseIf} $IsElevated = 1
    StrCpy $Edition ${EDITION_ALL}
  ${Else}
    StrCpy $Edition ${EDITION_USER}
  ${EndIf}
FunctionEnd

; A second run has it installed for all users if this one has no rights to. Only if that is not allowed, this function returns: with $0 = 0.
Function TakeEdition
  StrCpy $0 1
  ${If} $Edition == ${EDITION_ALL}
  ${AndIf} $IsElevated <> 1
    System::Call 'kernel32::GetCommandLineW() p .r0'
    System::Call 'shlwapi::PathGetArgsW(p r0) w .r1'
    StrCpy $0 $EXEPATH
    StrCpy $1 "/RESTARTED /${EDITION_ALL} $1" ; /D= has to stay last
    Call RunElevated
    ${If} $0 != ""
      SetErrorLevel $0
      Quit
    ${EndIf}
    StrCpy $0 0
    Return
  ${EndIf}
  ${If} $EditionTaken == $Edition
    Return
  ${EndIf}
  StrCpy $EditionTaken $Edition
  Call UseEdition
  Call ReadPrevious
  ${If} $FolderGiven <> 1
    ${If} $PreviousFolder != ""
      StrCpy $INSTDIR $PreviousFolder
    ${ElseIf} $Edition == ${EDITION_ALL}
      StrCpy $INSTDIR "$PROGRAMFILES64\${PRODUCT_ID}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${PRODUCT_ID}"
    ${EndIf}
  ${EndIf}
!ifdef PRODUCT_REPLACES
  Call KeepSections
!endif
  Call CheckDowngrade
  Call ChooseComponents
  StrCpy $0 1
FunctionEnd

; Without a page that asks: in a silent run, and where the command line says for whom.
Function TakeEditionUnasked
  ${IfNot} ${Silent}
  ${AndIf} $EditionGiven == ""
    Return
  ${EndIf}
  Call TakeEdition
  ${If} $0 <> 1
    !insertmacro FailAtStart ${EXIT_RIGHTS} "${ELEVATION_REFUSED}"
  ${EndIf}
FunctionEnd

; Each uninstaller finds its edition by the folder, and would remove the other one's files.
Function CheckOtherEdition
  StrCpy $0 $FolderForAll
  StrCpy $1 "all users"
  ${If} $Edition == ${EDITION_ALL}
    StrCpy $0 $FolderForUser
    StrCpy $1 "one user"
  ${EndIf}
  ${If} $0 == $INSTDIR
    !insertmacro FailInSection ${EXIT_USAGE} "In $INSTDIR ${PRODUCT_NAME} is installed for $1. Choose another folder (/D=)."
  ${EndIf}
FunctionEnd

Function SkipIfRestarted
  ${If} $Restarted = 1
    Abort ; it was read in the first run
  ${EndIf}
FunctionEnd

; $0: where an edition is installed, or empty. $0 becomes a sentence about it.
Function DescribeInstalled
  ${If} $0 != ""
    StrCpy $0 "$\r$\nInstalled in $0: the same or an older version there is replaced."
  ${EndIf}
FunctionEnd

Function ShowEditionPage
  ${If} $EditionGiven != ""
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "For Whom" "Choose who can use ${PRODUCT_CAPTION}."
  nsDialogs::Create 1018
  Pop $0
  ReadEnvStr $1 "USERNAME"
  ${NSD_CreateFirstRadioButton} 0 4u 100% 12u "Only &me ($1)"
  Pop $RadioForUser
  StrCpy $0 $FolderForUser
  Call DescribeInstalled
  ${NSD_CreateLabel} 12u 18u -12u 34u "Needs no administrator.$0"
  Pop $1
  ${NSD_CreateAdditionalRadioButton} 0 58u 100% 12u "All &users of this computer"
  Pop $RadioForAll
  StrCpy $0 $FolderForAll
  Call DescribeInstalled
  ${NSD_CreateLabel} 12u 72u -12u 34u "An administrator has to allow it.$0"
  Pop $1
  ${If} $FolderForAll$FolderForUser != ""
    ${NSD_CreateLabel} 0 112u 100% 26u "What is installed for others is left as it is: the two can be side by side, and each is removed by itself."
    Pop $1
  ${EndIf}
  ${NSD_OnClick} $RadioForUser ShowShield
  ${NSD_OnClick} $RadioForAll ShowShield
  ${NSD_OnBack} HideShield
  ${If} $Edition == ${EDITION_ALL}
    ${NSD_Check} $RadioForAll
  ${Else}
    ${NSD_Check} $RadioForUser
  ${EndIf}
  Push $RadioForUser
  Call ShowShield
  nsDialogs::Show
FunctionEnd

Function ReadEditionPage
  ${NSD_GetState} $RadioForAll $0
  StrCpy $Edition ${EDITION_USER}
  ${If} $0 = ${BST_CHECKED}
    StrCpy $Edition ${EDITION_ALL}
  ${EndIf}
FunctionEnd

Function HideShield
  Pop $0
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${BCM_SETSHIELD} 0 0
FunctionEnd

; The shield on "Next" says that Windows will ask for an administrator.
Function ShowShield
  Pop $0 ; the control that was clicked
  Call ReadEditionPage
  StrCpy $1 0
  ${If} $Edition == ${EDITION_ALL}
  ${AndIf} $IsElevated <> 1
    StrCpy $1 1
  ${EndIf}
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${BCM_SETSHIELD} 0 $1
FunctionEnd

Function LeaveEditionPage
  Call ReadEditionPage
  ${If} $Edition == ${EDITION_ALL}
  ${AndIf} $IsElevated <> 1
    HideWindow
  ${EndIf}
  Call TakeEdition
  ${If} $0 <> 1
    ShowWindow $HWNDPARENT ${SW_SHOW}
    MessageBox MB_OK|MB_ICONEXCLAMATION "Windows did not allow it. Choose again, or close the setup program: nothing was changed."
    Abort
  ${EndIf}
FunctionEnd
