; PATH: the machine's, or that of the user, as $Edition says. NSIS's own texts end after 1023 characters and PATH is often longer, so the value never goes through
; them: it is read, changed and written in memory of our own. Its registry type and all its other entries stay as they are.

!define MACHINE_ENVIRONMENT "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
!define USER_ENVIRONMENT "Environment"
!define LOCAL_MACHINE 0xFFFFFFFF80000002
!define CURRENT_USER 0xFFFFFFFF80000001
!define KEY_READ_WRITE_64 0x103 ; KEY_QUERY_VALUE, KEY_SET_VALUE, KEY_WOW64_64KEY
!define ERROR_FILE_NOT_FOUND 2
!define TYPE_TEXT 1             ; REG_SZ
!define TYPE_EXPANDED_TEXT 2    ; REG_EXPAND_SZ
!define LONGEST_PATH 32766      ; characters that a variable can have
!define PATH_TOO_LONG "PATH would be longer than Windows allows (${LONGEST_PATH} characters): shorten it, or give /PATH=0"
!define CSTR_EQUAL 2

Var PathKey   ; the open registry key
Var PathType  ; the value's type
Var PathText  ; address of the text, ended by zero, with room for one more entry
Var PathError ; empty, or what went wrong

!macro DefinePathFunctions UN

Function ${UN}PathOpen
  StrCpy $PathError ""
  StrCpy $PathText 0
  StrCpy $1 ${CURRENT_USER}
  StrCpy $2 "${USER_ENVIRONMENT}"
  ${If} $Edition == ${EDITION_ALL}
    StrCpy $1 ${LOCAL_MACHINE}
    StrCpy $2 "${MACHINE_ENVIRONMENT}"
  ${EndIf}
  System::Call 'advapi32::RegOpenKeyExW(p r1, w r2, i 0, i ${KEY_READ_WRITE_64}, *p .r0) i .r1'
  StrCpy $PathKey $0
  ${If} $1 <> 0
    StrCpy $PathError "the environment's registry key cannot be opened (error $1)"
    StrCpy $PathKey 0
    Return
  ${EndIf}
  System::Call 'advapi32::RegQueryValueExW(p r0, w "Path", p 0, *i .r2, p 0, *i .r3) i .r1'
  ${If} $1 = ${ERROR_FILE_NOT_FOUND}
    StrCpy $2 ${TYPE_EXPANDED_TEXT}
    StrCpy $3 0
  ${ElseIf} $1 <> 0
  ${OrIf} $2 < ${TYPE_TEXT}
  ${OrIf} $2 > ${TYPE_EXPANDED_TEXT}
    StrCpy $PathError "PATH cannot be read (error $1, type $2)"
    Return
  ${EndIf}
  StrCpy $PathType $2
  IntOp $4 $3 + ${NSIS_MAX_STRLEN} ; one more entry, two bytes a character, and the terminating zero
  IntOp $4 $4 + ${NSIS_MAX_STRLEN}
  IntOp $4 $4 + 8
  System::Call 'kernel32::GlobalAlloc(i 0x40, p r4) p .r5' ; 0x40: filled with zeros
  StrCpy $PathText $5
  ${If} $3 <> 0
    System::Call 'advapi32::RegQueryValueExW(p r0, w "Path", p 0, p 0, p r5, *i r3) i .r1'
    ${If} $1 <> 0
      StrCpy $PathError "PATH cannot be read (error $1)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ${UN}PathClose
  ${If} $PathText != 0
    System::Call 'kernel32::GlobalFree(p $PathText)'
  ${EndIf}
  ${If} $PathKey != 0
    System::Call 'advapi32::RegCloseKey(p $PathKey)'
  ${EndIf}
FunctionEnd

; $R0: an entry. $R3 becomes its address in the text, 0 if it is not there; $R5 its length. Whole entries are compared, letter case ignored.
Function ${UN}PathFind
  StrLen $R2 $R0
  StrCpy $R3 $PathText
  ${Do}
    System::Call 'shlwapi::StrChrW(p R3, i 59) p .R4' ; 59 is the semicolon
    ${If} $R4 == 0
      System::Call 'kernel32::lstrlenW(p R3) i .R5'
    ${Else}
      IntPtrOp $R5 $R4 - $R3
      IntOp $R5 $R5 / 2
    ${EndIf}
    System::Call 'kernel32::CompareStringOrdinal(p R3, i R5, w R0, i R2, i 1) i .R6'
    ${If} $R6 = ${CSTR_EQUAL}
      Return
    ${EndIf}
    ${If} $R4 == 0
      StrCpy $R3 0
      Return
    ${EndIf}
    IntPtrOp $R3 $R4 + 2
  ${Loop}
FunctionEnd

; A value without text is deleted: most users have none before, and to Windows the two are the same. The length is no reason not to take an entry out: others may have made PATH longer than Windows allows.
Function ${UN}PathWrite
  System::Call 'kernel32::lstrlenW(p $PathText) i .r0'
  IntOp $0 $0 + 1
  IntOp $0 $0 * 2
  ${If} $0 = 2
    System::Call 'advapi32::RegDeleteValueW(p $PathKey, w "Path") i .r1'
  ${Else}
    System::Call 'advapi32::RegSetValueExW(p $PathKey, w "Path", i 0, i $PathType, p $PathText, i r0) i .r1'
  ${EndIf}
  ${If} $1 <> 0
    StrCpy $PathError "PATH cannot be written (error $1)"
    Return
  ${EndIf}
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
FunctionEnd

; Takes the entry $R0 out, with the semicolon before it, or behind it where it is the first. Nothing happens if it is not there.
Function ${UN}PathRemove
  Call ${UN}PathOpen
  ${If} $PathError == ""
    Call ${UN}PathFind
    ${If} $R3 != 0
      IntOp $R5 $R5 * 2
      IntPtrOp $R4 $R3 + $R5
      ${If} $R3 != $PathText
        IntPtrOp $R3 $R3 - 2
      ${Else}
        System::Call '*$R4(&i2 .R6)'
        ${If} $R6 = 59
          IntPtrOp $R4 $R4 + 2
        ${EndIf}
      ${EndIf}
      System::Call 'kernel32::lstrlenW(p R4) i .R5'
      IntOp $R5 $R5 + 1
      IntOp $R5 $R5 * 2
      System::Call 'kernel32::RtlMoveMemory(p R3, p R4, p R5)'
      Call ${UN}PathWrite
    ${EndIf}
  ${EndIf}
  Call ${UN}PathClose
FunctionEnd

; Takes out all that an installation has put there, or says in $PathError why not.
Function ${UN}PathRemoveAll
  StrCpy $PathError ""
  StrCpy $Separator ";"
  StrCpy $Words $PathEntry
  ${Do}
    Call ${UN}NextWord
    ${If} $Word == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $R0 $Word
    Call ${UN}PathRemove
    ${If} $PathError != ""
      ${ExitDo}
    ${EndIf}
  ${Loop}
FunctionEnd

!macroend
!insertmacro DefinePathFunctions ""
!insertmacro DefinePathFunctions "un."

; Appends the entry $R0. $R9 becomes 1 if it was added, 0 if it was there already. The semicolon is always added, also behind one:
; so that taking the entry out gives back the very text that was there.
Function PathAppend
  StrCpy $R9 0
  Call PathOpen
  ${If} $PathError == ""
    Call PathFind
    ${If} $R3 == 0
      StrCpy $R9 1
      System::Call 'kernel32::lstrlenW(p $PathText) i .r0'
      ${If} $0 > 0
        System::Call 'kernel32::lstrcatW(p $PathText, w ";")'
      ${EndIf}
      System::Call 'kernel32::lstrcatW(p $PathText, w R0)'
      System::Call 'kernel32::lstrlenW(p $PathText) i .r0'
      ${If} $0 > ${LONGEST_PATH}
        StrCpy $PathError "${PATH_TOO_LONG}"
      ${Else}
        Call PathWrite
      ${EndIf}
    ${EndIf}
  ${EndIf}
  Call PathClose
FunctionEnd
