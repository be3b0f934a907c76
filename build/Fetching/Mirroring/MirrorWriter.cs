namespace Qcw.Build.Fetching.Mirroring;

/// <summary>Writes the inputs of a line into a folder that <c>--mirror</c> can name, as <c>docs/mirror.md</c> describes it.</summary>
/// <param name="paths">The folders of the build; what goes into the mirror comes out of its downloads.</param>
/// <param name="fetcher">Fetches and verifies what is not there yet.</param>
/// <param name="log">Gets a line for each file.</param>
/// <param name="folder">The mirror, a full path; made if it is not there.</param>
public sealed class MirrorWriter(Paths paths, Fetcher fetcher, BuildLog log, string folder)
{
    private readonly MirrorFolder mirror = new(folder);

    /// <summary>Verified files beside those of the line.</summary>
    public IReadOnlyList<MirrorFile> Others { get; init; } = [];

    /// <summary>
    /// Fetches and writes. What is there and right is left alone, nothing is ever deleted, and what cannot be had does not keep the rest
    /// from being written.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="selection">Which of its inputs.</param>
    /// <param name="modulesOf">
    /// Fetches and verifies the Go modules of a component whose source is there; files below <see cref="MirrorLayout.GoModules"/>.
    /// </param>
    /// <param name="cancel">Ends it between two files.</param>
    /// <exception cref="BuildException">All that could not be had or written.</exception>
    public async Task WriteAsync(
        ReleaseLine line,
        MirrorSelection selection,
        Func<Component, IReadOnlyList<MirrorFile>> modulesOf,
        CancellationToken cancel = default)
    {
        mirror.Make();
        var failures = new List<BuildException>(await fetcher.TryFetchAsync(selection.Components, cancel));
        if (selection.Firmware)
        {
            failures.AddRange(await fetcher.TryFetchFirmwareAsync(line, cancel));
        }

        var inputs = new CachedInputs(paths, fetcher);
        MirrorFile[] files =
        [
            .. selection.Components.SelectMany(Input.AllOf).SelectMany(inputs.FilesOf), .. selection.Firmware ? inputs.Firmware(line) : [],
            .. Modules(selection, modulesOf, failures), .. Others,
        ];
        using FileLock held = await FileLock.WaitAsync(
            mirror[".lock"], () => log.Step(line.Name, "mirror", $"another process writes {folder}, waiting"), cancel);
        var written = new MirrorRun(log, failures);
        foreach (IGrouping<string, MirrorFile> sameName in files.GroupBy(file => file.Path))
        {
            cancel.ThrowIfCancellationRequested();
            written.Do(
                Entry(sameName.First()), NameOf(sameName.Key), () => mirror.Put(OnlyOne([.. sameName])),
                () => new FileInfo(mirror[sameName.Key]).Length);
        }

        foreach (GitInput input in selection.Components.SelectMany(Input.AllOf).OfType<GitInput>())
        {
            cancel.ThrowIfCancellationRequested();
            if (fetcher.Find(input) is { } source)
            {
                Write(input, source.Path, written);
            }
        }

        string inventory = mirror[MirrorLayout.Inventory(line.Name)];
        MirrorInventory.Read(inventory, line.Name).With(written.Entries, relative => Path.Exists(mirror[relative])).Write(inventory);
        log.Info($"The mirror of {line.Name} in {folder}: {written.Summary}");
        FetchFailures.Throw(failures);
    }

    private void Write(GitInput input, string cached, MirrorRun written)
    {
        var entry = new MirrorEntry(input.MirrorPath, input.Owner, input.Upstream) { Commit = input.Source.Commit };
        string repository = mirror[input.MirrorPath];
        written.Do(
            entry, $"{Path.GetFileName(input.MirrorPath)} {input.Source.Commit[..12]}",
            () => new MirrorRepository(repository, paths.Log(input.Owner, "mirror")).Take(cached, input.Source.Commit),
            () => Files.SizeOf(repository));
    }

    /// <summary>A component whose source or patches could not be had has been reported already.</summary>
    private List<MirrorFile> Modules(
        MirrorSelection selection,
        Func<Component, IReadOnlyList<MirrorFile>> modulesOf,
        List<BuildException> failures)
    {
        var files = new List<MirrorFile>();
        foreach (Component component in selection.Components.Where(component => component.NeedsModules && fetcher.IsComplete(component)))
        {
            try
            {
                files.AddRange(modulesOf(component));
            }
            catch (BuildException e)
            {
                failures.Add(e);
            }
        }

        return files;
    }

    /// <summary>For people: modules have file names such as <c>v1.0.0.zip</c>, which say nothing alone.</summary>
    private static string NameOf(string path) =>
        path.StartsWith(MirrorLayout.GoModules + "/", StringComparison.Ordinal)
            ? path[(MirrorLayout.GoModules.Length + 1)..]
            : Path.GetFileName(path);

    private static MirrorEntry Entry(MirrorFile file) => new(file.Path, file.Component, file.Upstream) { Sha256 = file.Sha256 };

    private static MirrorFile OnlyOne(IReadOnlyList<MirrorFile> files) =>
        files.Select(file => file.Sha256).Distinct().Count() == 1
            ? files[0]
            : throw new BuildException(
                $"{files[0].Path}: a mirror has one file of a name, but these differ\n"
                    + $"    {string.Join("\n    ", files.Select(file => $"{file.Component}: {file.Upstream} sha256:{file.Sha256}"))}");
}
