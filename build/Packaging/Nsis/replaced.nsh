; Products with installers of their own that this one has inside: they are uninstalled first, each by its own uninstaller, which alone knows
; its files. And the reverse: a product that is inside one which is installed is not installed beside it.

!ifdef PRODUCT_REPLACES
Var ReplacedChoice  ; the setting that such a product remembers, or empty

; $0 becomes how it is removed: empty, it is not there; else the product code, or the uninstaller of a setup program. $1: its folder.
!macro LookForReplaced ROOT NAME KEY VALUE CODE CHOICE
  StrCpy $0 ""
  ReadRegStr $1 ${ROOT} "${KEY}" "${VALUE}"
!if "${CODE}" == ""
  ${If} $1 != ""
  ${AndIf} ${FileExists} "$1\${UNINSTALLER}"
    StrCpy $0 "$1\${UNINSTALLER}"
  ${EndIf}
!else
  System::Call 'msi::MsiEnumRelatedProductsW(w "${CODE}", i 0, i 0, w .r2) i .r3'
  ${If} $3 = 0
    StrCpy $0 $2
  ${EndIf}
!endif
!macroend

!macro FindReplaced ROOT NAME KEY VALUE CODE CHOICE
  !insertmacro LookForReplaced ${ROOT} "${NAME}" "${KEY}" "${VALUE}" "${CODE}" "${CHOICE}"
  ${If} $0 != ""
!if "${ROOT}" == "HKLM"
    StrCpy $ReplacedForAll "${NAME}"
!else
    StrCpy $ReplacedForUser "${NAME}"
!endif
!if "${CHOICE}" != ""
    ReadRegStr $ReplacedChoice ${ROOT} "${KEY}" "${CHOICE}"
!endif
  ${EndIf}
!macroend

Function FindReplaced
  SetRegView 64
  StrCpy $ReplacedForAll ""
  StrCpy $ReplacedForUser ""
  !insertmacro ForEachReplaced FindReplaced
FunctionEnd

; A section that both have, and that one was installed with or without, is chosen as it was.
!macro KeepSection ROOT KEY ID
  ReadRegStr $0 ${ROOT} "${KEY}" "Qcw.Offered"
  ${If} $0 HasId "${ID}"
    StrCpy $PreviousOffered "$PreviousOffered,${ID}"
    ReadRegStr $0 ${ROOT} "${KEY}" "Qcw.Components"
    ${If} $0 HasId "${ID}"
      StrCpy $PreviousComponents "$PreviousComponents,${ID}"
    ${EndIf}
  ${EndIf}
!macroend

Function KeepSections
  ${If} $PreviousFolder == ""
    !insertmacro ForEachReplacedSection KeepSection
  ${EndIf}
FunctionEnd

!macro CheckReplacedFree ROOT KEY VALUE FILE
  ReadRegStr $0 ${ROOT} "${KEY}" "${VALUE}"
  ${If} $0 != ""
    Push "$0\${FILE}"
    Call CheckFree
  ${EndIf}
!macroend

; Before anything is changed.
Function CheckReplaced
  ${If} $Edition == ${EDITION_USER}
  ${AndIf} $ReplacedForAll != ""
    !insertmacro FailInSection ${EXIT_RIGHTS} "$ReplacedForAll is installed for all users, and only an administrator can replace it. Start this again with /${EDITION_ALL}, or uninstall that first. Nothing was changed."
  ${EndIf}
  !insertmacro ForEachReplacedFile CheckReplacedFree
FunctionEnd

!macro RemoveReplaced ROOT NAME KEY VALUE CODE CHOICE
  !insertmacro LookForReplaced ${ROOT} "${NAME}" "${KEY}" "${VALUE}" "${CODE}" "${CHOICE}"
  ${If} $0 != ""
    DetailPrint "Removing ${NAME}, which is part of this from now on"
    ClearErrors
!if "${CODE}" == ""
    ExecWait '"$0" /S _?=$1' $2
    ${IfNot} ${Errors}
    ${AndIf} $2 = 0
      Delete $0 ; it cannot delete itself while it is waited for
      RMDir $1
    ${EndIf}
!else
    ExecWait '"$SYSDIR\msiexec.exe" /x $0 /qn /norestart' $2
    ${If} $2 = 3010 ; done; a page of the manual goes with the next start of Windows
      StrCpy $2 0
    ${EndIf}
!endif
    ${IfNot} ${Errors}
    ${AndIf} $2 = ${EXIT_IN_USE}
      !insertmacro FailInSection ${EXIT_IN_USE} "A file of ${NAME} is in use. Close the program and start again."
    ${EndIf}
    ${If} ${Errors}
    ${OrIf} $2 <> 0
      !insertmacro FailInSection ${EXIT_FAILED} "${NAME} could not be removed (exit code $2). Uninstall it, then start this again."
    ${EndIf}
  ${EndIf}
!macroend

Function RemoveReplaced
  !insertmacro ForEachReplaced RemoveReplaced
FunctionEnd
!endif

!ifdef PRODUCT_PART_OF
!macro RefuseBeside ROOT
  ReadRegStr $0 ${ROOT} "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT_PART_OF}" "InstallLocation"
  ${If} $0 != ""
    !insertmacro FailAtStart ${EXIT_PART} "${PRODUCT_NAME} is part of ${PRODUCT_PART_OF_NAME}, which is installed in $0. Install a newer version of that, or uninstall it first. Nothing was changed."
  ${EndIf}
!macroend

Function CheckPartOf
  SetRegView 64
  !insertmacro RefuseBeside HKLM
  !insertmacro RefuseBeside HKCU
FunctionEnd
!endif
