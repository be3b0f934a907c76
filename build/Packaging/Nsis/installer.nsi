; The installer of one product. The build writes two files with the particulars of the product into the folder that makensis
; runs in: product-names.nsh (names and numbers) and product-sections.nsh (files, folders, shortcuts). A third one,
; uninstaller-command.nsh, takes the uninstaller out to be signed, or puts the signed one in. See docs/installers.md for the
; command line.

Target amd64-unicode ; a 32-bit stub does not start where Windows has no WOW64, nor in a 64-bit-only Wine
SetDateSave on       ; installed files carry the sources' date, which the build sets
SetOverwrite try     ; what cannot be written raises the error flag, which InstallFile looks at
AllowSkipFiles off
CRCCheck force
RequestExecutionLevel user ; edition.nsh gets an administrator's rights where they are needed
ManifestDPIAware true
ManifestSupportedOS Win10

!include "product-names.nsh"
!include "LogicLib.nsh"
!include "MUI2.nsh"
!include "Sections.nsh"
!include "FileFunc.nsh"
!include "WinMessages.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"
!include "x64.nsh"

; exit codes; 0 and 1 (closed by the user) are NSIS's own
!define EXIT_FAILED 2
!define EXIT_USAGE 3
!define EXIT_WINDOWS 4
!define EXIT_DOWNGRADE 5
!define EXIT_IN_USE 6
!define EXIT_RIGHTS 7
!define EXIT_PART 8

!define EDITION_ALL "AllUsers" ; as the options are called
!define EDITION_USER "CurrentUser"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT_ID}"
!define UNINSTALLER "uninstall.exe"
!define START_MENU "$SMPROGRAMS\${PRODUCT_MENU_FOLDER}"
!define UTF8_WINDOWS_BUILD 18362    ; Windows 10 version 1903: the first one that heeds activeCodePage in the programs' manifests

Name "${PRODUCT_CAPTION}"
Caption "${PRODUCT_CAPTION} ${PRODUCT_VERSION}"
BrandingText "${PRODUCT_NAME} ${PRODUCT_VERSION}"
OutFile "output.exe"
InstallDir "$PROGRAMFILES64\${PRODUCT_ID}" ; TakeEdition sets the folder; the name here is what NSIS appends to one that is browsed for

VIProductVersion "${PRODUCT_VERSION_NUMBERS}"
VIFileVersion "${PRODUCT_VERSION_NUMBERS}"
VIAddVersionKey /LANG=1033 "ProductName" "${PRODUCT_NAME}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${PRODUCT_VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "${PRODUCT_NAME} setup"
VIAddVersionKey /LANG=1033 "FileVersion" "${PRODUCT_VERSION}"
VIAddVersionKey /LANG=1033 "CompanyName" "${PRODUCT_PUBLISHER}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "See the licence texts that this program installs."
VIAddVersionKey /LANG=1033 "InternalName" "${PRODUCT_ID}-setup"
VIAddVersionKey /LANG=1033 "OriginalFilename" "${PRODUCT_ID}-setup.exe"
VIAddVersionKey /LANG=1033 "Comments" "${PRODUCT_HOMEPAGE}"
!include "uninstaller-command.nsh"

!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_NOAUTOCLOSE
!define MUI_UNFINISHPAGE_NOAUTOCLOSE
!define MUI_FINISHPAGE_LINK "${PRODUCT_HOMEPAGE}"
!define MUI_FINISHPAGE_LINK_LOCATION "${PRODUCT_HOMEPAGE}"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipIfRestarted
!insertmacro MUI_PAGE_WELCOME
Page custom ShowEditionPage LeaveEditionPage
!insertmacro MUI_PAGE_LICENSE "license.txt"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Components      ; ids of the optional sections that are (being) installed: "tools,doc"
Var Edition         ; EDITION_ALL or EDITION_USER: for whom, see edition.nsh
Var PathEntry       ; the folders that an installation put on PATH, separated by semicolons
Var FolderGiven     ; 1: /D= was given
Var Changed         ; 1 from the moment on when a failure has something to take back

!include "${__FILEDIR__}/lists.nsh"
!include "${__FILEDIR__}/options.nsh"
!include "${__FILEDIR__}/path.nsh"
!include "${__FILEDIR__}/previous.nsh"
!include "${__FILEDIR__}/edition.nsh"
!include "${__FILEDIR__}/files.nsh"

Section "-Prepare"
  Call PrepareFolder
SectionEnd

!include "product-sections.nsh"

!include "${__FILEDIR__}/components.nsh"
!include "${__FILEDIR__}/replaced.nsh"
!include "${__FILEDIR__}/settings.nsh"
!include "${__FILEDIR__}/registration.nsh"
!include "${__FILEDIR__}/machines.nsh"
!include "${__FILEDIR__}/uninstaller.nsh"

Section "-Finish"
  Call MakeShortcuts
!ifdef PRODUCT_CHOICE
  Call WriteSettings
!endif
  Call UpdatePath
  Call Register
SectionEnd

Function .onInit
  Call CheckWindows
  Call ReadOptions
  Call CheckFolderOption
!ifdef PRODUCT_PART_OF
  Call CheckPartOf
!endif
!ifdef PRODUCT_REPLACES
  Call FindReplaced
!endif
  Call CheckElevation
  Call ChooseEdition
  Call TakeEditionUnasked
FunctionEnd

Function CheckWindows
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${PRODUCT_WINDOWS_BUILD}
    !insertmacro FailAtStart ${EXIT_WINDOWS} "${PRODUCT_NAME} needs a 64-bit ${PRODUCT_WINDOWS_NAME} or newer."
  ${EndIf}
FunctionEnd

; Before Windows heeds the manifests, a C program gets the folder it is in through the system's code page. Where a letter is not in that, the program
; would be installed and then not find its own files. 0x400, WC_NO_BEST_FIT_CHARS: a letter that looks alike is another one. With UTF-8 as the
; system's code page the call fails, and nothing is lost.
Function CheckFolderLetters
  ${If} ${AtLeastBuild} ${UTF8_WINDOWS_BUILD}
    Return
  ${EndIf}
  StrCpy $0 $INSTDIR
  System::Call 'kernel32::WideCharToMultiByte(i 0, i 0x400, w r0, i -1, m .r1, i ${NSIS_MAX_STRLEN}, p 0, *i .r2)'
  ${If} $2 <> 0
    !insertmacro FailInSection ${EXIT_WINDOWS} "$INSTDIR has letters that programs cannot use before Windows 10 version 1903, because the system's code page lacks them. Choose another folder, or update Windows."
  ${EndIf}
FunctionEnd

; The folder is tried before the older version is removed: a mistyped folder must not cost the installation that is there.
Function PrepareFolder
  Call CheckFolderLetters
  Call CollectComponents
  Call CheckFolder
  Call CheckOtherEdition
  Call CheckRoomOnPath
!ifdef PRODUCT_REPLACES
  Call CheckReplaced
!endif
!ifdef PRODUCT_CHOICE
  Call DecideChoice
!endif
  Call TryFolder
  !insertmacro CheckFiles ""
  Call RemovePrevious
!ifdef PRODUCT_REPLACES
  Call RemoveReplaced
!endif
  StrCpy $Changed 1
  !insertmacro EnterFolder ""
  ClearErrors
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  ${If} ${Errors}
    !insertmacro FailInSection ${EXIT_FAILED} "$INSTDIR\${UNINSTALLER} cannot be written."
  ${EndIf}
  Call Register ; now already: should the power fail, the uninstaller can be found and knows what to remove
FunctionEnd

; A failure after the first change takes back what this run has done, so that no half installation stays.
Function .onInstFailed
  ${If} $Changed = 1
    SetOutPath "$TEMP"
    !insertmacro ForEachShortcut RemoveShortcut
    RMDir "${START_MENU}"
    !insertmacro RemoveFiles
    Delete "$INSTDIR\${UNINSTALLER}"
    !insertmacro ForEachFolder RemoveFolder
    RMDir "$INSTDIR"
    Call PathRemoveAll
!ifdef PRODUCT_CHOICE
    Call RemoveSettings
!endif
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  ${EndIf}
FunctionEnd
