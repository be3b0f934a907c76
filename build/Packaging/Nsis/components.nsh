; Which sections are installed: the command line wins over what was chosen for the version that is there, this over the defaults.

Var InstalledSize ; KB

!macro ChooseSection SECTION ID DEFAULT
  StrCpy $0 ${DEFAULT}
  ${If} $PreviousOffered HasId "${ID}"
    StrCpy $0 0
    ${If} $PreviousComponents HasId "${ID}"
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
  ${If} $ComponentsGiven = 1
    StrCpy $0 0
    ${If} $ComponentsWanted HasId "${ID}"
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
  ${If} "${ID}" == "path"
  ${AndIf} $PathWanted != ""
    StrCpy $0 $PathWanted
  ${EndIf}
  ${If} $0 = 1
    !insertmacro SelectSection ${SECTION}
  ${Else}
    !insertmacro UnselectSection ${SECTION}
  ${EndIf}
!macroend

Function ChooseComponents
  !insertmacro ForEachOptionalSection ChooseSection
FunctionEnd

!macro CollectSection SECTION ID DEFAULT
  ${If} ${SectionIsSelected} ${SECTION}
    ${If} $Components == ""
      StrCpy $Components "${ID}"
    ${Else}
      StrCpy $Components "$Components,${ID}"
    ${EndIf}
    !insertmacro AddSize ${SECTION}
  ${EndIf}
!macroend

!macro AddSize SECTION
  SectionGetSize ${SECTION} $0
  IntOp $InstalledSize $InstalledSize + $0
!macroend

Function CollectComponents
  StrCpy $Components ""
  StrCpy $InstalledSize 0
  !insertmacro ForEachRequiredSection AddSize
  !insertmacro ForEachOptionalSection CollectSection
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro SectionDescriptions
!insertmacro MUI_FUNCTION_DESCRIPTION_END
