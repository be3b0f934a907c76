using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Attesting;

/// <summary>
/// What compilers and packagers put of their own into everything that they make: start-up code, static libraries, the program that a setup
/// program begins with, templates. The tool catalog knows which packages have it.
/// </summary>
public static class ToolParts
{
    private static readonly (string Package, string Licence, string Description)[] Known =
    [
        ("gcc-mingw-w64-x86-64-win32-runtime", "GPL-3.0-or-later WITH GCC-exception-3.1", "libgcc and libssp, as DLLs and linked in"),
        ("mingw-w64-common", "ZPL-2.1 AND MIT", "headers of Windows with code in them"),
        ("mingw-w64-x86-64-dev", "ZPL-2.1 AND MIT", "start-up code, the C runtime's static part, and winpthreads"),
        ("nsis-common", "Zlib AND bzip2-1.0.6 AND CPL-1.0", "what a setup program begins with, plug-ins, the uninstaller"),
        ("pandoc-data", "GPL-2.0-or-later AND BSD-3-Clause", "templates of pages"),
        ("sphinx-common", "BSD-2-Clause AND MIT", "scripts and styles of pages"),
        ("sphinx-rtd-theme-common", "MIT AND OFL-1.1 AND Apache-2.0", "scripts, styles and fonts of pages"),
        ("wixl-data", "LGPL-2.1-or-later", "what an MSI's dialogs and tables are made from"),
    ];

    /// <summary>Those that are in a file of the release.</summary>
    /// <param name="record">What is known of the file.</param>
    /// <exception cref="BuildException">A package has parts in what it makes, and its licence is not known here.</exception>
    public static IEnumerable<Item> In(ArtifactRecord record)
    {
        PackedFile[] nsis = [.. record.Contents.Where(file => file.From == NsisInstaller.Owner)];
        HashSet<string> parts = [.. ToolCatalog.All.SelectMany(tool => tool.PartPackages)];
        bool hasOwner = false;
        foreach (ToolPackage package in record.By.Packages.Where(package => parts.Contains(package.Name)).DistinctBy(PurlOf))
        {
            (string name, string licence, string description) = Known.FirstOrDefault(known => known.Package == package.Name);
            if (name is null)
            {
                throw new BuildException(
                    $"something of the package {package.Name} is in {record.File}, and nothing says its licence: "
                        + $"say it in {nameof(ToolParts)}");
            }

            bool owns = package.Name == "nsis-common";
            hasOwner |= owns;
            yield return Of(name, package.Version, licence, description, PurlOf(package), owns ? nsis : []) with
            {
                Sha256 = package.Sha256,
            };
        }

        // a host without Debian's packages knows only what the program says
        if (nsis.Length > 0 && !hasOwner)
        {
            string version = record.By.Tools["makensis"].TrimStart('v');
            (_, string licence, string description) = Known.First(known => known.Package == "nsis-common");
            yield return Of(NsisInstaller.Owner, version, licence, description, Purl.Generic(NsisInstaller.Owner, version), nsis);
        }
    }

    /// <summary>The package URL of a tool's package.</summary>
    public static string PurlOf(ToolPackage package) => package.Distribution == "debian"
        ? Purl.Debian(package.Name, package.Version, package.Architecture)
        : Purl.Generic(package.Name, package.Version, null, package.Sha256);

    private static Item Of(string name, string version, string licence, string description, string purl, PackedFile[] files) =>
        new(purl, "library", name, version, licence, purl) { Description = description, Files = files };
}
