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
!ifdef PRODUCT_PATH_FOLDER
  !insertmacro ChooseSection ${SECTION_PATH} "path" ${PRODUCT_PATH_DEFAULT}
!endif
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
!ifdef PRODUCT_PATH_FOLDER
  !insertmacro CollectSection ${SECTION_PATH} "path" 0
!endif
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro SectionDescriptions
!ifdef PRODUCT_PATH_FOLDER
  !insertmacro MUI_DESCRIPTION_TEXT ${SECTION_PATH} "${PRODUCT_PATH_DESCRIPTION}"
!endif
!insertmacro MUI_FUNCTION_DESCRIPTION_END
