; The setting of the command line (/MACHINE_PROVIDER=value, say), and the two lines of a file that follow from it. The command line wins over
; what is remembered, this over what a replaced product remembers, this over the default. What people have changed in the file stays, unless
; the command line gives a value. Only where the product has a setting.

!ifdef PRODUCT_CHOICE
Var Choice          ; its value
Var SettingsFile    ; the file with lines of ours, or empty
Var SettingsLine    ; what we have written there as its value; empty: the line is not ours
Var SettingsFolders ; the same of the list of folders

!macro DefineSettingsFunctions UN

Function ${UN}ReadSettings
  ReadRegStr $Choice SHCTX "${UNINSTALL_KEY}" "Qcw.Choice"
  ReadRegStr $SettingsFile SHCTX "${UNINSTALL_KEY}" "Qcw.SettingsFile"
  ReadRegStr $SettingsLine SHCTX "${UNINSTALL_KEY}" "Qcw.SettingsLine"
  ReadRegStr $SettingsFolders SHCTX "${UNINSTALL_KEY}" "Qcw.SettingsFolders"
FunctionEnd

; Takes out the lines that are still as we wrote them. A file in which nothing else stands is deleted.
Function ${UN}RemoveSettings
  ${If} $SettingsFile == ""
  ${OrIfNot} ${FileExists} $SettingsFile
    Return
  ${EndIf}
  ${If} $SettingsLine != ""
    ReadINIStr $0 $SettingsFile "${PRODUCT_SETTINGS_SECTION}" "${PRODUCT_SETTINGS_KEY}"
    ${If} $0 == $SettingsLine
      DeleteINIStr $SettingsFile "${PRODUCT_SETTINGS_SECTION}" "${PRODUCT_SETTINGS_KEY}"
    ${EndIf}
  ${EndIf}
!ifdef PRODUCT_FOLDERS_KEY
  ${If} $SettingsFolders != ""
    ReadINIStr $0 $SettingsFile "${PRODUCT_FOLDERS_SECTION}" "${PRODUCT_FOLDERS_KEY}"
    ${If} $0 == $SettingsFolders
      DeleteINIStr $SettingsFile "${PRODUCT_FOLDERS_SECTION}" "${PRODUCT_FOLDERS_KEY}"
    ${EndIf}
  ${EndIf}
!endif
  Call ${UN}RemoveEmptySettings
FunctionEnd

; Blank lines and the headings of our sections are nothing.
Function ${UN}RemoveEmptySettings
  FileOpen $1 $SettingsFile r
  ${Do}
    ClearErrors
    FileRead $1 $0
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${Do}
      StrCpy $2 $0 1 -1
      ${If} $2 != "$\r"
      ${AndIf} $2 != "$\n"
      ${AndIf} $2 != " "
        ${ExitDo}
      ${EndIf}
      StrCpy $0 $0 -1
    ${Loop}
    ${If} $0 != ""
    ${AndIf} $0 != "[${PRODUCT_SETTINGS_SECTION}]"
    ${AndIf} $0 != "[${PRODUCT_FOLDERS_SECTION}]"
      FileClose $1
      Return
    ${EndIf}
  ${Loop}
  FileClose $1
  Delete $SettingsFile
  ${GetParent} $SettingsFile $0
  RMDir $0
  ${GetParent} $0 $0
  RMDir $0
FunctionEnd

!macroend
!insertmacro DefineSettingsFunctions ""
!insertmacro DefineSettingsFunctions "un."

!macro YieldTo ROOT KEY VALUE
  ReadRegStr $0 ${ROOT} "${KEY}" "${VALUE}"
  ${If} $0 != ""
    StrCpy $Choice "${PRODUCT_CHOICE_BESIDE}"
  ${EndIf}
!macroend

; In the letters of the list.
!macro TakeChoice VALUE
  ${If} $ChoiceWanted == "${VALUE}"
    StrCpy $Choice "${VALUE}"
  ${EndIf}
!macroend

Function DecideChoice
  Call ReadSettings
  ${IfNot} "${PRODUCT_CHOICE_VALUES}" HasId $Choice
    StrCpy $Choice $ReplacedChoice
    ${If} $Choice != ""
      Call FindSettingsFile ; its uninstaller takes out what somebody has changed there since, too
      ReadINIStr $0 $R1 "${PRODUCT_SETTINGS_SECTION}" "${PRODUCT_SETTINGS_KEY}"
      ${If} "${PRODUCT_CHOICE_VALUES}" HasId $0
        StrCpy $Choice $0
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ${IfNot} "${PRODUCT_CHOICE_VALUES}" HasId $Choice
    StrCpy $Choice "${PRODUCT_CHOICE_DEFAULT}"
    !insertmacro ForEachNeighbour YieldTo
  ${EndIf}
  !insertmacro ForEachChoice TakeChoice
FunctionEnd

; $R1 becomes the path of the file; it is there for all users where the program reads one of all users.
Function FindSettingsFile
!ifndef PRODUCT_SETTINGS_MACHINE_WIDE
  SetShellVarContext current
!endif
  StrCpy $R1 "$APPDATA\${PRODUCT_SETTINGS_FILE}"
  Call UseEdition
FunctionEnd

; SECTION, KEY: a line of the file $R1. VALUE: what it is to be, as it is read. WRITTEN: as it is written. OURS: what we wrote before; it
; becomes what is ours now. FORCED: 1 to write over what others have written.
!macro WriteSettingsLine SECTION KEY VALUE WRITTEN OURS FORCED
  ReadINIStr $0 $R1 "${SECTION}" "${KEY}"
  ${If} $0 != ""
  ${AndIf} $0 != ${OURS}
  ${AndIf} "${FORCED}" != 1
    ${If} $0 != "${VALUE}"
      DetailPrint "$R1: ${KEY} is $0 there, and stays"
      MessageBox MB_OK|MB_ICONINFORMATION "In $R1 somebody has written$\r$\n$\r$\n${KEY}=$0$\r$\n$\r$\nThat stays. This version would have written ${VALUE}." /SD IDOK
    ${EndIf}
    StrCpy ${OURS} ""
  ${Else}
    ClearErrors
    WriteINIStr $R1 "${SECTION}" "${KEY}" `${WRITTEN}`
    ${If} ${Errors}
      Push $R1
      Call FailToWrite
    ${EndIf}
    StrCpy ${OURS} "${VALUE}"
  ${EndIf}
!macroend

Function WriteSettings
  Call FindSettingsFile
  ${If} $SettingsFile != $R1
  ${OrIf} $Choice == "${PRODUCT_CHOICE_NOTHING}"
    Call RemoveSettings
    StrCpy $SettingsFile ""
    StrCpy $SettingsLine ""
    StrCpy $SettingsFolders ""
  ${EndIf}
  ${If} $Choice == "${PRODUCT_CHOICE_NOTHING}"
    Return
  ${EndIf}
  ${GetParent} $R1 $0
  CreateDirectory $0
  StrCpy $SettingsFile $R1
  StrCpy $R2 0
  ${If} $ChoiceWanted != ""
    StrCpy $R2 1
  ${EndIf}
  !insertmacro WriteSettingsLine "${PRODUCT_SETTINGS_SECTION}" "${PRODUCT_SETTINGS_KEY}" $Choice '"$Choice"' $SettingsLine $R2
!ifdef PRODUCT_FOLDERS_KEY
  !insertmacro WriteSettingsLine "${PRODUCT_FOLDERS_SECTION}" "${PRODUCT_FOLDERS_KEY}" "${PRODUCT_FOLDERS_VALUE}" "${PRODUCT_FOLDERS_VALUE}" $SettingsFolders 0
!endif
FunctionEnd

Function RegisterSettings
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.Choice" $Choice
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.SettingsFile" $SettingsFile
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.SettingsLine" $SettingsLine
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Qcw.SettingsFolders" $SettingsFolders
FunctionEnd
!endif
