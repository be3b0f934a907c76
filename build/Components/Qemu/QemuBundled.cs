using System.IO.Enumeration;
using System.Text;
using System.Text.RegularExpressions;
using Qcw.Build.Packaging;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Components;

/// <summary>
/// What is shipped of what QEMU's source carries of others: code that is compiled in, and firmware as QEMU's authors built it.
/// </summary>
public static partial class QemuBundled
{
    private const string SoftFloat = "fpu/softfloat.c";
    private const string KeyMaps = "subprojects/keycodemapdb";

    // up to QEMU 8.0, whose source says neither which revision that is nor which edk2 its firmware was built from
    private const string OldKeyMaps = "ui/keycodemapdb";

    private static readonly string[] ManualParts = ["licenses/qemu/manual/", "doc/_static/"];

    /// <summary>What of that is in some files.</summary>
    /// <param name="qemu">QEMU: what has no version of its own has that of the source.</param>
    /// <param name="source">QEMU's source tree, a full path.</param>
    /// <param name="by">How QEMU was made.</param>
    /// <param name="files">Files that compiling QEMU left and that are installed.</param>
    /// <exception cref="BuildException">The source does not say which version it is.</exception>
    public static IEnumerable<Part> In(Component qemu, string source, Provenance by, IReadOnlyList<InstalledFile> files)
    {
        string owner = Qemu.Definition.Name;
        bool hasEmulator = Named(files, "qemu-system-*.exe").Length > 0;
        if (hasEmulator)
        {
            yield return new Part(PartKind.Bundled, "keycodemapdb", Revision(qemu, source), owner, "GPL-2.0-or-later OR BSD-3-Clause")
            {
                Description = "names of keys, from which QEMU's build makes tables",
                Repository = "https://gitlab.com/qemu-project/keycodemapdb",
            };
            if (File.Exists(Path.Combine(source, SoftFloat)))
            {
                yield return new Part(
                    PartKind.Bundled, "softfloat", "2a", owner, "LicenseRef-SoftFloat-2a AND BSD-3-Clause AND GPL-2.0-or-later")
                {
                    Description = "floating-point arithmetic, which QEMU has developed further",
                };
            }
        }

        foreach (Part firmware in Firmware(qemu.Version, source, files, owner).Where(part => part.Files.Count > 0))
        {
            yield return firmware;
        }

        // Sphinx and its theme put files of their own into the manual; the recipe takes the licences from Debian's packages
        InstalledFile[] pages =
            [.. files.Where(file => ManualParts.Any(folder => file.Target.Contains(folder, StringComparison.Ordinal)))];
        if (pages.Length > 0 && by.Tools.TryGetValue("sphinx", out string? sphinx))
        {
            yield return new Part(
                PartKind.Bundled, "sphinx-pages", sphinx.Split(' ')[^1], owner, "BSD-2-Clause AND BSD-3-Clause AND MIT AND OFL-1.1")
            {
                Description = "scripts, styles and fonts that Sphinx and its theme put into the manual",
                Files = Targets(pages),
            };
        }
    }

    private static IEnumerable<Part> Firmware(string version, string source, IReadOnlyList<InstalledFile> files, string owner)
    {
        InstalledFile[] seabios = Named(files, "bios*.bin", "vgabios*.bin");
        yield return new Part(PartKind.Bundled, "seabios", InBytes(seabios, SeaBios()) ?? version, owner, "LGPL-3.0-only")
        {
            Description = "BIOS and video BIOS",
            Repository = "https://gitlab.com/qemu-project/seabios",
            Files = Targets(seabios),
        };
        InstalledFile[] ipxe = Named(files, "pxe-*.rom", "efi-*.rom");
        yield return new Part(PartKind.Bundled, "ipxe", InBytes(ipxe, Ipxe()) ?? version, owner, "GPL-2.0-or-later")
        {
            Description = "network boot",
            Repository = "https://gitlab.com/qemu-project/ipxe",
            Files = Targets(ipxe),
        };
        InstalledFile[] edk2 = Named(files, "edk2-*");
        yield return new Part(
            PartKind.Bundled, "edk2", edk2.Length == 0 ? null : Edk2(source), owner, "BSD-2-Clause-Patent AND Apache-2.0 AND BSD-3-Clause")
        {
            Description = "UEFI, with parts of OpenSSL inside",
            Repository = "https://gitlab.com/qemu-project/edk2",
            Files = Targets(edk2),
        };
        yield return new Part(PartKind.Bundled, "qboot", version, owner, "GPL-2.0-only")
        {
            Description = "BIOS of the microvm machine",
            Repository = "https://gitlab.com/qemu-project/qboot",
            Files = Targets(Named(files, "qboot.rom")),
        };
    }

    private static InstalledFile[] Named(IEnumerable<InstalledFile> files, params string[] patterns) =>
    [
        .. files.Where(file => !file.TargetFolder.Contains("licenses", StringComparison.Ordinal)
            && patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, file.TargetName, ignoreCase: false))),
    ];

    private static string[] Targets(IEnumerable<InstalledFile> files) =>
        [.. files.Select(file => file.Target).Order(StringComparer.Ordinal)];

    /// <summary>The commit that meson would fetch the subproject at, or that the line pins; null: nobody says.</summary>
    private static string? Revision(Component qemu, string source)
    {
        if (IsOld(source))
        {
            return qemu.Sources.OfType<GitSource>().SelectMany(git => git.Submodules)
                .FirstOrDefault(submodule => submodule.Path == OldKeyMaps)?.Source.Commit;
        }

        string wrap = Path.Combine(source, KeyMaps + ".wrap");
        return (File.Exists(wrap) ? MesonWrap.Parse(File.ReadAllText(wrap)).Revision : null)
            ?? Unknown(source, KeyMaps + ".wrap", "revision = COMMIT");
    }

    private static bool IsOld(string source) => Directory.Exists(Path.Combine(source, OldKeyMaps));

    private static string? Edk2(string source)
    {
        const string file = "roms/edk2-version";
        string path = Path.Combine(source, file);
        return !File.Exists(path) && IsOld(source) ? null
            : File.Exists(path) && Edk2Release().Match(File.ReadAllText(path)) is { Success: true } match ? match.Groups[1].Value
            : Unknown(source, file, "EDK2_STABLE = edk2-stableNUMBER");
    }

    private static string Unknown(string source, string file, string expected) =>
        throw new BuildException(
            $"{source} does not say what of others it carries: expected {expected} in {file}; say in {nameof(QemuBundled)} where it does");

    /// <summary>What the first file that has a version says of it; null: none does.</summary>
    private static string? InBytes(IEnumerable<InstalledFile> files, Regex version) => files
        .Select(file => version.Match(Encoding.Latin1.GetString(File.ReadAllBytes(file.Source))))
        .FirstOrDefault(match => match.Success)?.Groups[1].Value;

    [GeneratedRegex("^EDK2_STABLE *= *edk2-stable([0-9.]+) *$", RegexOptions.Multiline)]
    private static partial Regex Edk2Release();

    [GeneratedRegex("rel-([0-9]+(?:\\.[0-9]+)+)-[0-9]+-g[0-9a-f]+")]
    private static partial Regex SeaBios();

    [GeneratedRegex("iPXE v?([0-9]+(?:\\.[0-9]+)+(?:-[0-9]+-g[0-9a-f]+|\\+)?)")]
    private static partial Regex Ipxe();
}
