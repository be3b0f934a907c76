using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Packaging.Msi;

/// <summary>A description with one of everything.</summary>
internal static class TestMsi
{
    public static InstallerDescription Create(TemporaryFolder folder, MsiEdition edition = MsiEdition.PerMachine)
    {
        string program = folder.Write("program", "program");
        string text = folder.Write("text", "text");
        return new InstallerDescription(
            "product-id", "Product (test)", UpstreamVersion.Parse("4.5.0-dev"), "Publisher", new Uri("https://example.org/"),
            [
                new("main", "Main", "The main part.", SectionChoice.Required, [new(program, "a.exe"), new(text, "licenses/a & b.txt")]),
                new("docs", "Docs", "Texts.", SectionChoice.OnByDefault, [new(text, "docs/de/index.html")]),
                new("extra", "Extra", "Something that few want.", SectionChoice.OffByDefault, [new(text, "extra/x.cmd")]),
            ],
            1_682_899_200)
        {
            Path = new(string.Empty, "PATH", "A command.", SectionChoice.OnByDefault),
            MenuFolder = "Menu",
            Shortcuts =
            [
                new("Manual", "docs/de/index.html", string.Empty, "docs") { Description = "The manual" },
                new("Prompt", InstallerShortcut.CommandPrompt, "/k \"[INSTALLDIR]x\"", "main") { Description = "A prompt" },
            ],
            Msi = new(edition, Architecture.X64, new Guid("11111111-2222-4333-8444-555555555555"), @"Software\publisher\Product")
            {
                Choices =
                [
                    new("COLOUR", ["red", "green", "none"], "red", "Colour")
                    {
                        Neighbour = new([@"Software\Other product"], "Home", "none"),
                    },
                ],
                Configuration = new("product/conf.d", "99-colour.conf", "paint", "colour", "COLOUR", "none"),
                Comments = "A comment.",
            },
        };
    }
}
