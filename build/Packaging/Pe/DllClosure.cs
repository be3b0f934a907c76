namespace Qcw.Build.Packaging.Pe;

/// <summary>
/// Finds the DLLs that programs need beside themselves, following imports of imports, and proves that none is missing. A DLL that a program
/// loads by name at run time (LoadLibrary) is not in its import tables, so it is not found.
/// </summary>
/// <param name="searchFolders">The folders to search, in this order: the <c>bin</c> folder of each library.</param>
/// <param name="windows">The DLLs that Windows has. A DLL on this list is never taken from a search folder.</param>
public sealed class DllClosure(IReadOnlyList<string> searchFolders, WindowsDlls windows)
{
    private readonly Lazy<Dictionary<string, string>> found = new(() => Index(searchFolders));

    /// <summary>
    /// The DLL files that have to be shipped besides the given files: full paths, sorted by file name. Imports among the given files are
    /// satisfied by these themselves (they must end up in one folder).
    /// </summary>
    /// <param name="roots">Full paths of exes and DLLs.</param>
    /// <exception cref="BuildException">
    /// DLLs are neither found nor part of Windows, or an image is for another processor, or damaged. All such DLLs are named at once, with
    /// who imports them and where they were looked for.
    /// </exception>
    public IReadOnlyList<string> Compute(IReadOnlyList<string> roots)
    {
        Dictionary<string, string> shipped = ByName(roots);
        var problems = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var needed = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<string>(roots);
        while (open.TryDequeue(out string? file))
        {
            foreach (PeImport import in ReadAmd64(file).Imports.Where(import => !shipped.ContainsKey(import.Dll)))
            {
                if (windows.Contains(import.Dll) || (import.IsDelayed && windows.OptionalBecauseOf(import.Dll) is not null))
                {
                    continue;
                }

                if (windows.OptionalBecauseOf(import.Dll) is null && found.Value.TryGetValue(import.Dll, out string? path))
                {
                    needed.Add(import.Dll, path);
                    shipped.Add(import.Dll, path);
                    open.Enqueue(path);
                    continue;
                }

                if (!problems.TryGetValue(import.Dll.ToLowerInvariant(), out SortedSet<string>? importers))
                {
                    problems.Add(import.Dll.ToLowerInvariant(), importers = new SortedSet<string>(StringComparer.Ordinal));
                }

                importers.Add(Path.GetFileName(file));
            }
        }

        return problems.Count == 0 ? [.. needed.Values] : throw new BuildException(Explain(problems));
    }

    private string Explain(SortedDictionary<string, SortedSet<string>> problems)
    {
        IEnumerable<string> lines = problems.Select(problem =>
        {
            string why = windows.OptionalBecauseOf(problem.Key) is { } feature
                ? $"it is there only with {feature}: it must be loaded at run time"
                : "it is neither in a search folder nor part of Windows";
            return $"{problem.Key} is imported by {string.Join(", ", problem.Value)}, but {why}";
        });
        return string.Join("\n  ", [
            "DLLs are missing, so these programs would not start:",
            .. lines,
            "looked in: " + (searchFolders.Count == 0 ? "(no folder)" : string.Join(", ", searchFolders)),
            "part of Windows: " + windows.ListFile]);
    }

    private static PeImage ReadAmd64(string file)
    {
        PeImage image = PeImage.Read(file);
        return image.IsAmd64
            ? image
            : throw new BuildException($"{file} is for {image.Machine}, not for Amd64: it cannot be shipped with 64-bit programs");
    }

    private static Dictionary<string, string> ByName(IReadOnlyList<string> roots)
    {
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string root in roots)
        {
            if (!byName.TryAdd(Path.GetFileName(root), root))
            {
                throw new BuildException($"{root} and {byName[Path.GetFileName(root)]} have the same name on Windows");
            }
        }

        return byName;
    }

    private static Dictionary<string, string> Index(IReadOnlyList<string> folders)
    {
        var index = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                throw new BuildException($"{folder}, a folder to look for DLLs in, does not exist");
            }

            foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                index.TryAdd(Path.GetFileName(file), file);
            }
        }

        return index;
    }
}
