using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Tests.Packaging.Nsis;

public sealed class NsisFilesTests
{
    private static readonly InstalledFile Exe = new("/src/a.exe", "bin/a.exe");
    private static readonly InstalledFile Text = new("/src/t", "doc/de/$x.txt");
    private static readonly InstalledFile Top = new("/src/l", "LICENSE");

    private static readonly InstallerDescription Description = new(
        "id", "A & \"B\"", UpstreamVersion.Parse("8.0.0-rc2"), "P$", new Uri("https://example.org/a"),
        [
            new("main", "Main", "The main part.", SectionChoice.Required, [Top, Exe]),
            new("doc", "Doc", "Texts.", SectionChoice.OnByDefault, [Text]),
            new("menu", "Menu", "Entries.", SectionChoice.OffByDefault, []),
        ],
        0)
    {
        Shortcuts =
        [
            new("Uninstall", InstallerShortcut.Uninstaller, string.Empty, "menu"),
            new("Prompt", InstallerShortcut.CommandPrompt, "/k \"[INSTALLDIR]a$b\"", "menu") { Description = "A $prompt" },
            new("Text", "doc/de/$x.txt", string.Empty, "menu"),
        ],
        MenuFolder = "M$",
        Path = new("bin", "PATH", "All of $PATH.", SectionChoice.OnByDefault),
    };

    [Test]
    public void Names_are_literals() => Assert.That(NsisProductFile.Text(Description), Is.EqualTo("""
        !define PRODUCT_ID "id"
        !define PRODUCT_NAME "A & $\"B$\""
        !define PRODUCT_CAPTION "A && $\"B$\""
        !define PRODUCT_VERSION "8.0.0-rc2"
        !define PRODUCT_VERSION_NUMBERS "8.0.0.0"
        !define PRODUCT_VERSION_ORDER "8.0.0.0.2.2"
        !define PRODUCT_PUBLISHER "P$$"
        !define PRODUCT_HOMEPAGE "https://example.org/a"
        !define PRODUCT_MENU_FOLDER "M$$"
        !define PRODUCT_COMPONENTS "doc,menu,path"
        !define PRODUCT_ICON "uninstall.exe"
        !define PRODUCT_WINDOWS_NAME "Windows 10 version 1803"
        !define PRODUCT_WINDOWS_BUILD "17134"

        """.ReplaceLineEndings("\n")));

    [Test]
    public void Sections_and_lists() => Assert.That(Sections(Description), Is.EqualTo("""
        Section "Main" SECTION_0
          SectionIn RO
          !insertmacro EnterFolder ""
          !insertmacro InstallFile "f0" "LICENSE"
          !insertmacro EnterFolder "\bin"
          !insertmacro InstallFile "f1" "a.exe"
        SectionEnd
        Section "Doc" SECTION_1
          !insertmacro EnterFolder "\doc\de"
          !insertmacro InstallFile "f2" "$$x.txt"
        SectionEnd
        Section "Menu" SECTION_2
        SectionEnd
        Section /o "PATH" SECTION_3
        SectionEnd
        !macro ForEachRequiredSection ACTION
          !insertmacro ${ACTION} ${SECTION_0}
        !macroend
        !macro ForEachOptionalSection ACTION
          !insertmacro ${ACTION} ${SECTION_1} "doc" 1
          !insertmacro ${ACTION} ${SECTION_2} "menu" 0
          !insertmacro ${ACTION} ${SECTION_3} "path" 1
        !macroend
        !macro SectionDescriptions
          !insertmacro MUI_DESCRIPTION_TEXT ${SECTION_0} "The main part."
          !insertmacro MUI_DESCRIPTION_TEXT ${SECTION_1} "Texts."
          !insertmacro MUI_DESCRIPTION_TEXT ${SECTION_2} "Entries."
          !insertmacro MUI_DESCRIPTION_TEXT ${SECTION_3} "All of $$PATH."
        !macroend
        !macro CheckFiles UN
          Push "$INSTDIR\LICENSE"
          Call ${UN}CheckFree
          Push "$INSTDIR\bin\a.exe"
          Call ${UN}CheckFree
          ${If} $Components HasId "doc"
          Push "$INSTDIR\doc\de\$$x.txt"
          Call ${UN}CheckFree
          ${EndIf}
        !macroend
        !macro RemoveFiles
          Delete "$INSTDIR\LICENSE"
          Delete "$INSTDIR\bin\a.exe"
          ${If} $Components HasId "doc"
          Delete "$INSTDIR\doc\de\$$x.txt"
          ${EndIf}
        !macroend
        !macro ForEachShortcut ACTION
          ${If} $Components HasId "menu"
          !insertmacro ${ACTION} "Prompt" "$SYSDIR\cmd.exe" "/k $\"$INSTDIR\a$$b$\"" "A $$prompt" ""
          !insertmacro ${ACTION} "Text" "$INSTDIR\doc\de\$$x.txt" "" "" "doc\de\$$x.txt"
          !insertmacro ${ACTION} "Uninstall" "$INSTDIR\${UNINSTALLER}" "" "" ""
          ${EndIf}
        !macroend
        !macro ForEachFolder ACTION
          !insertmacro ${ACTION} "doc\de"
          !insertmacro ${ACTION} "bin"
          !insertmacro ${ACTION} "doc"
        !macroend
        !macro ForEachPath ACTION
          !insertmacro ${ACTION} "path" "\bin"
        !macroend

        """.ReplaceLineEndings("\n")));

    [Test]
    public void The_order_of_files_does_not_matter()
    {
        InstallerSection main = Description.Sections[0];
        InstallerDescription reversed = Description with
        {
            Sections = [main with { Files = [.. main.Files.Reverse()] }, .. Description.Sections.Skip(1)],
        };
        Assert.That(Sections(reversed), Is.EqualTo(Sections(Description)));
    }

    [Test]
    public void No_path_of_this_machine_is_written() =>
        Assert.That(Sections(Description) + NsisProductFile.Text(Description), Does.Not.Contain("/src"));

    private static string Sections(InstallerDescription description) =>
        new NsisSectionsFile(description, new Dictionary<InstalledFile, string> { [Top] = "f0", [Exe] = "f1", [Text] = "f2" }).Text();
}
