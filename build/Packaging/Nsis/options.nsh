; The command line. What is not known is refused: a misspelt choice must not end in a silent default.

Var ComponentsGiven  ; 1: /COMPONENTS= was given
Var ComponentsWanted ; its value
Var PathWanted       ; the value of /PATH=: "", 0 or 1
Var EditionGiven     ; the edition that is asked for, or empty
Var Restarted        ; 1: /RESTARTED was given: this is the run that should have an administrator's rights
Var DowngradeWanted  ; 1: /DOWNGRADE was given
!ifdef PRODUCT_CHOICE
Var ChoiceWanted     ; the value of the product's setting, or empty
!endif
!ifdef PRODUCT_MACHINES
Var MachinesWanted   ; 1: /REMOVE_MACHINES was given, or the question answered with yes
!endif
Var Upgrading        ; 1: the uninstaller is run by a newer installer, which keeps PATH and the registry entries

!ifdef PRODUCT_CHOICE
!define USAGE_OF_CHOICE ", /${PRODUCT_CHOICE}=one of ${PRODUCT_CHOICE_VALUES}"
!else
!define USAGE_OF_CHOICE ""
!endif
!ifdef PRODUCT_MACHINES
!define USAGE_OF_MACHINES ", /REMOVE_MACHINES (and all that is in them)"
!else
!define USAGE_OF_MACHINES ""
!endif
!define USAGE "Known are: /S (silent), /${EDITION_USER} or /${EDITION_ALL}, /COMPONENTS=ids separated by commas (${PRODUCT_COMPONENTS}), /PATH=0 or 1${USAGE_OF_CHOICE}, /DOWNGRADE, /D=folder (last, without quotes)."

Function ReadOptions
  ${GetParameters} $Words
  StrCpy $Separator " "
  ${Do}
    Call NextWord
    ${If} $Word == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $Word 12
    StrCpy $1 $Word 6
!ifdef PRODUCT_CHOICE
    StrLen $3 "/${PRODUCT_CHOICE}="
    StrCpy $2 $Word $3
!endif
    ${If} $Word S== "/S"
    ${OrIf} $Word S== "/NCRC"
      ; NSIS has seen to these
!ifdef PRODUCT_CHOICE
    ${ElseIf} $2 == "/${PRODUCT_CHOICE}="
      StrCpy $ChoiceWanted $Word "" $3
      ${IfNot} "${PRODUCT_CHOICE_VALUES}" HasId $ChoiceWanted
        !insertmacro FailAtStart ${EXIT_USAGE} "$Word is not one of /${PRODUCT_CHOICE}=${PRODUCT_CHOICE_VALUES}."
      ${EndIf}
!endif
    ${ElseIf} $0 == "/COMPONENTS="
      StrCpy $ComponentsGiven 1
      StrCpy $ComponentsWanted $Word "" 12
    ${ElseIf} $1 == "/PATH="
      StrCpy $PathWanted $Word "" 6
      ${If} $PathWanted != "0"
      ${AndIf} $PathWanted != "1"
        !insertmacro FailAtStart ${EXIT_USAGE} "$Word is neither /PATH=0 nor /PATH=1."
      ${EndIf}
    ${ElseIf} $Word == "/DOWNGRADE"
      StrCpy $DowngradeWanted 1
    ${ElseIf} $Word == "/${EDITION_USER}"
    ${OrIf} $Word == "/${EDITION_ALL}"
      StrCpy $0 $Word "" 1
      ${If} $EditionGiven != ""
      ${AndIf} $EditionGiven != $0
        !insertmacro FailAtStart ${EXIT_USAGE} "/${EDITION_USER} and /${EDITION_ALL} exclude each other."
      ${EndIf}
      StrCpy $EditionGiven $0
    ${ElseIf} $Word == "/RESTARTED"
      StrCpy $Restarted 1
    ${Else}
      !insertmacro FailAtStart ${EXIT_USAGE} "Unknown option $Word. ${USAGE}"
    ${EndIf}
  ${Loop}
  Call CheckComponentsWanted
FunctionEnd

Function CheckComponentsWanted
  StrCpy $Words $ComponentsWanted
  StrCpy $Separator ","
  ${Do}
    Call NextWord
    ${If} $Word == ""
      ${ExitDo}
    ${EndIf}
    ${IfNot} "${PRODUCT_COMPONENTS}" HasId $Word
      !insertmacro FailAtStart ${EXIT_USAGE} "There is no component $Word. ${USAGE}"
    ${EndIf}
  ${Loop}
FunctionEnd

; A folder in /D= that NSIS does not like (a whole drive, a relative path, one behind a file, one in quotes) it drops, and takes the
; default. It also cuts /D= off its own copy of the command line, so the text is read from Windows'.
Function CheckFolderOption
  System::Call 'kernel32::GetCommandLineW() p .r0'
  System::Call 'shlwapi::StrStrW(p r0, w " /D=") p .r1'
  ${If} $1 == 0
    Return
  ${EndIf}
  StrCpy $FolderGiven 1
  System::Call 'kernel32::lstrcpynW(t .r1, p r1, i ${NSIS_MAX_STRLEN})'
  StrCpy $1 $1 "" 4
  StrCpy $2 $1 1 -1
  ${If} $2 == "\"
  ${AndIf} $1 != "\"
    StrCpy $1 $1 -1
  ${EndIf}
  ${If} $1 != $INSTDIR
    !insertmacro FailAtStart ${EXIT_USAGE} "$1 cannot be the install folder. Give a full path below a drive, without quotes."
  ${EndIf}
FunctionEnd

; Also of a folder that was chosen in the window, or by an older version. PATH, ours and that of the command prompts that look for this
; product, would read it as two entries, or as a variable.
Function CheckFolder
  StrCpy $0 $INSTDIR
  System::Call 'shlwapi::StrPBrkW(w r0, w ";%") p .r1'
  ${If} $1 != 0
    !insertmacro FailInSection ${EXIT_USAGE} "$INSTDIR cannot be the install folder: PATH cannot hold ; and %. Choose another one (/D=)."
  ${EndIf}
FunctionEnd

Function un.ReadOptions
  ${GetParameters} $Words
  StrCpy $Separator " "
  ${Do}
    Call un.NextWord
    ${If} $Word == ""
      ${ExitDo}
    ${EndIf}
    ${If} $Word == "/UPGRADE"
      StrCpy $Upgrading 1
    ${ElseIf} $Word == "/RESTARTED"
      StrCpy $Restarted 1
!ifdef PRODUCT_MACHINES
    ${ElseIf} $Word == "/REMOVE_MACHINES"
      StrCpy $MachinesWanted 1
!endif
    ${ElseIf} $Word S!= "/S"
    ${AndIf} $Word S!= "/NCRC"
      !insertmacro FailAtStart ${EXIT_USAGE} "Unknown option $Word. Known are: /S (silent)${USAGE_OF_MACHINES}, _?=folder (last, without quotes: wait for the end)."
    ${EndIf}
  ${Loop}
FunctionEnd
