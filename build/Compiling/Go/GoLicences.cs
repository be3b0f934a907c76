namespace Qcw.Build.Compiling.Go;

/// <summary>Collects the licences of everything that is linked into a program: the component, its modules, Go's own library.</summary>
public static class GoLicences
{
    private static readonly string[] Beginnings = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "PATENTS", "UNLICENSE"];

    /// <summary>
    /// Copies licence texts: <c>&lt;component&gt;/</c> for the component, <c>&lt;component&gt;/modules/&lt;module&gt;/</c> for each module
    /// (in their folders), <c>go/</c> for Go.
    /// </summary>
    /// <param name="packages">What is linked.</param>
    /// <param name="source">The component's source tree.</param>
    /// <param name="component">The component.</param>
    /// <param name="goRoot">What <c>go env GOROOT</c> says.</param>
    /// <param name="target">The folder to fill.</param>
    /// <exception cref="BuildException">The component, a module or Go has no licence text.</exception>
    public static void Collect(IReadOnlyList<GoPackage> packages, string source, Component component, string goRoot, string target)
    {
        CopyFrom(source, Path.Combine(target, component.Name), component.Name);
        foreach (IGrouping<string, GoPackage> module in packages
                .Where(package => !package.IsStandard && !package.IsMain)
                .GroupBy(package => package.Module))
        {
            string folder = Path.Combine([target, component.Name, "modules", .. module.Key.Split('/')]);
            string[] found = [.. module.SelectMany(package => Above(package)).Distinct()];
            if (found.Length == 0 && !component.ModulesWithoutLicence.Contains(module.Key))
            {
                throw new BuildException(
                    $"the Go module {module.Key} in {component.Name} has no licence text "
                        + $"(looked for {string.Join("*, ", Beginnings)}* in the folders of its packages): "
                        + "if that is known and accepted, add it to modulesWithoutLicence in the versions file, and say so in notes");
            }

            foreach (string text in found)
            {
                Copy(text, Path.Combine(folder, Path.GetRelativePath(RootOf(module.First()), text)));
            }
        }

        Copy(OfGo(goRoot), Path.Combine(target, "go", "LICENSE"));
    }

    /// <summary>Licence texts in a package's folder and in those above it, up to the module's own.</summary>
    private static IEnumerable<string> Above(GoPackage package)
    {
        string root = RootOf(package);
        for (string folder = package.Folder; folder.Length >= root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            foreach (string file in Texts(folder))
            {
                yield return file;
            }
        }
    }

    /// <summary>The module's folder: as far above the package's as its name is longer than the module's.</summary>
    private static string RootOf(GoPackage package)
    {
        string root = package.Folder;
        for (int up = package.ImportPath.Split('/').Length - package.Module.Split('/').Length; up > 0; up--)
        {
            root = Path.GetDirectoryName(root)!;
        }

        return root;
    }

    private static void CopyFrom(string folder, string target, string component)
    {
        string[] texts = [.. Texts(folder)];
        if (texts.Length == 0)
        {
            throw new BuildException($"{component} has no licence text in {folder}");
        }

        foreach (string text in texts)
        {
            Copy(text, Path.Combine(target, Path.GetFileName(text)));
        }
    }

    private static IEnumerable<string> Texts(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(file =>
                Beginnings.Any(beginning => Path.GetFileName(file).StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                && !file.EndsWith(".go", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>Go's authors put it on top of the SDK; Debian's package has it in usr/share/doc, beside usr/lib/go-1.19.</summary>
    private static string OfGo(string goRoot)
    {
        string version = Path.GetFileName(goRoot.TrimEnd('/')).Replace("go-", string.Empty, StringComparison.Ordinal);
        string[] places =
        [
            Path.Combine(goRoot, "LICENSE"),
            Path.GetFullPath(Path.Combine(goRoot, "..", "..", "share", "doc", $"golang-{version}-src", "copyright")),
        ];
        return places.FirstOrDefault(File.Exists)
            ?? throw new BuildException(
                $"Go's licence, which covers its library inside every program, is neither in {places[0]} nor in {places[1]}");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
