using System.Collections.Concurrent;
using System.Globalization;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Archives;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Sources.Trees;

/// <summary>The patch phase: source trees from fetched sources, plain or as git work trees with patches on them.</summary>
/// <param name="paths">The folders of the build.</param>
/// <param name="runner">Runs steps.</param>
/// <param name="log">Gets a line for each patch.</param>
/// <param name="sourceDateEpoch">The date of all commits, seconds since 1970-01-01 UTC.</param>
public sealed class SourceTree(Paths paths, StepRunner runner, BuildLog log, long sourceDateEpoch)
{
    private const string Phase = "patch";

    private readonly ConcurrentDictionary<string, Lock> turns = new(StringComparer.Ordinal);

    /// <summary>Names in the tool catalog of what makes source trees.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["git"];

    /// <summary>What <see cref="Unpack"/> and <see cref="Apply"/> make of a component, without making it.</summary>
    public Planned Plan(Component component, FetchedSource source, IReadOnlyList<PatchFile> patches)
    {
        Step step = patches.Count == 0 ? UnpackStep(component, source) : ApplyStep(component, source, patches);
        return new Planned(
            step.Output, step.Fingerprint.Hash, step.By,
            () => patches.Count == 0 ? Unpack(component, source) : Apply(component, source, patches));
    }

    /// <summary>Makes the plain tree of a component that has no patches, without git.</summary>
    /// <returns>The tree.</returns>
    /// <exception cref="BuildException">The source is damaged or hostile, or somebody changed a work tree that is there.</exception>
    public Made Unpack(Component component, FetchedSource source)
    {
        string root = paths.Source(component);
        using Lock.Scope turn = TurnOf(root);
        using FileLock gate = LockOf(root);
        WaitForOrphans(root);
        Step step = UnpackStep(component, source);
        if (new WorkTree(root, sourceDateEpoch) is { IsImported: true } tree)
        {
            Check(component, tree);
            if (Stamp.Read(root)?.Hash != step.Fingerprint.Hash)
            {
                Discard(root); // not through the runner: git's objects are read-only, which stops Windows
            }
        }

        return runner.RunReplacing(step, partial => SourceFiles.Write(source, partial, sourceDateEpoch));
    }

    /// <summary>Makes or updates the git work tree of a component: the pristine import and one commit a patch, in order.</summary>
    /// <returns>The tree.</returns>
    /// <exception cref="BuildException">
    /// The source is damaged or hostile, a patch is refused or does not apply (the tree and its HEAD stay as they were), or somebody
    /// changed the tree by hand.
    /// </exception>
    public Made Apply(Component component, FetchedSource source, IReadOnlyList<PatchFile> patches)
    {
        if (patches.CountBy(patch => patch.Name).FirstOrDefault(name => name.Value > 1) is { Value: > 1 } twice)
        {
            throw new BuildException($"{component.Name}: two patches have the name {twice.Key}");
        }

        string root = paths.Source(component);
        using Lock.Scope turn = TurnOf(root);
        using FileLock gate = LockOf(root);
        WaitForOrphans(root);
        var tree = new WorkTree(root, sourceDateEpoch);
        if (tree.IsImported)
        {
            Check(component, tree);
        }

        Made made = runner.Run(
            ApplyStep(component, source, patches), () => Update(component, source, patches, tree, SourceFingerprint(source).Hash));
        foreach (PatchFile patch in made.IsNew ? [] : patches)
        {
            log.Step(component.Name, Phase, $"{patch.Name}: up to date");
        }

        return made;
    }

    private Step UnpackStep(Component component, FetchedSource source) =>
        new(component.Name, "unpack", paths.Source(component), SourceFingerprint(source).Add("kind", "plain tree"))
        {
            By = Origin(component, source, []),
            Room = () => RoomFor(source),
        };

    private Step ApplyStep(Component component, FetchedSource source, IReadOnlyList<PatchFile> patches)
    {
        string root = paths.Source(component);
        Fingerprint fingerprint = SourceFingerprint(source)
            .Add("kind", "work tree").Add("patches", string.Join(' ', patches.Select(patch => patch.Name)));
        foreach (PatchFile patch in patches)
        {
            fingerprint.Add("patch " + patch.Name, patch.Sha256);
        }

        return new Step(component.Name, Phase, root, fingerprint)
        {
            By = Origin(component, source, patches),
            // git's objects, too
            Room = () => new WorkTree(root, sourceDateEpoch).IsImported ? 0 : 2 * RoomFor(source),
        };
    }

    // QEMU's .tar.xz becomes ten times its size; git keeps the objects of a work tree uncompressed
    private static long RoomFor(FetchedSource source) =>
        Files.SizeOf(source.Path) * (source.Kind is FetchedKind.Directory ? 1 : source.Kind is FetchedKind.GitRepository ? 4 : 10);

    // threads of this process wait for each other; the lock between processes tells whoever comes second to wait
    private Lock.Scope TurnOf(string root) => turns.GetOrAdd(root, _ => new Lock()).EnterScope();

    private static FileLock LockOf(string root) => FileLock.TakeOrRefuse(root + ".lock", $"another build is using {root}: wait for it");

    private void Update(Component component, FetchedSource source, IReadOnlyList<PatchFile> patches, WorkTree tree, string identity)
    {
        if (!tree.IsImported || tree.ReadChain().Source != identity)
        {
            Import(component, source, tree, identity);
        }

        (string import, _, IReadOnlyList<PatchCommit> present) = tree.ReadChain();
        int kept = present.Zip(patches).TakeWhile(pair => pair.First.IsOf(pair.Second)).Count();
        string parent = kept > 0 ? present[kept - 1].Commit : import;
        tree.SwitchTo(new PatchChain(tree).Build(parent, [.. patches.Skip(kept)]));
        AppliedPatches.Write(log, component.Name, present, patches, kept);
    }

    private void Import(Component component, FetchedSource source, WorkTree tree, string identity)
    {
        // made under another name: a killed run leaves the old tree, or none, but never half of one
        string partial = tree.Root + ".partial";
        Files.Delete(partial);
        SourceFiles.Write(source, partial, sourceDateEpoch);
        new WorkTree(partial, sourceDateEpoch).Import($"Import {component.Name} {component.Version}", identity);
        Discard(tree.Root);
        Directory.Move(partial, tree.Root);
        log.Step(component.Name, Phase, $"source imported from {Path.GetFileName(source.Path)}");
    }

    /// <summary>
    /// Deletes a tree. It is renamed first: if the build is killed half-way, what is left must not look like an edited tree.
    /// </summary>
    private static void Discard(string root)
    {
        string old = root + ".old";
        Files.Delete(old);
        if (Directory.Exists(root))
        {
            Directory.Move(root, old);
            Files.Delete(old);
        }
    }

    /// <summary>
    /// A run that was killed may have left a git that still writes into the unfinished tree, which is about to be deleted.
    /// </summary>
    private static void WaitForOrphans(string root)
    {
        if (Directory.Exists(root + ".partial"))
        {
            OrphanedGit.WaitFor(Path.Combine(root + ".partial", ".git"));
            OrphanedGit.WaitFor(GitCheckout.ScratchOf(root + ".partial"));
        }
    }

    private void Check(Component component, WorkTree tree)
    {
        if (tree.Recover())
        {
            log.Step(component.Name, Phase, "completed what an interrupted run had started");
        }

        if (tree.LocalChanges() is { Count: > 0 } changes)
        {
            throw LocalChangesMessage.For(tree, changes);
        }
    }

    private static Provenance Origin(Component component, FetchedSource source, IEnumerable<PatchFile> patches) => new()
    {
        Sources = [Record(component, source)],
        Patches = [.. patches.Select(patch => new PatchRecord(component.Name, patch.Name, patch.Sha256) { From = patch.From })],
    };

    private static SourceRecord Record(Component component, FetchedSource source)
    {
        Source from = source.Source ?? component.Source;

        // the folder that a one-off stood in belongs to the build machine
        return from is LocalSource local
            ? new SourceRecord(component.Name, component.Version, from.Pin, Path.GetFileName(local.Path))
            : new SourceRecord(component.Name, component.Version, from.Pin, from.Location) { ServedBy = source.ServedBy };
    }

    private Fingerprint SourceFingerprint(FetchedSource source) => new Fingerprint()
        .Add("source", $"{source.Kind} {source.ContentHash}")
        .Add("sparse", string.Join(' ', SourceFiles.SparseOf(source)))
        .Add("extractor", ArchiveExtractor.FormatVersion)
        .Add("source date", sourceDateEpoch.ToString(CultureInfo.InvariantCulture));
}
