using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>
/// The Windows image with MSYS2. Its name has the fingerprint of what it is made from: base image, base archive, recipe, list of packages,
/// and the databases that chose the packages' versions, which are kept when it is made.
/// </summary>
/// <param name="paths">Where its recipe is.</param>
/// <param name="engine">Where images are.</param>
/// <param name="wanted">The base image that the command line names, or null.</param>
/// <param name="fetcher">Fetches the base archive.</param>
/// <param name="offline">True: the network is not used.</param>
/// <param name="log">Says what happens.</param>
public sealed class Msys2Image(Paths paths, IContainerEngine engine, BaseReference? wanted, Fetcher fetcher, bool offline, BuildLog log)
{
    private const string Repository = "qcw-msys2";

    // until its packages are out of it and it has its name
    private const string Unnamed = Repository + ":unnamed";

    private const string ArchiveName = "msys2-base.sfx.exe";

    private readonly ImageRecipe recipe = new(paths.Msys2Image, "Dockerfile", "install.sh", "packages.txt");
    private readonly Msys2Cache cache = new(paths.Msys2Cache, log);

    /// <summary>The image's name; it is built where the engine lacks it.</summary>
    public string Provide()
    {
        ImageFacts foundation = Base();
        cache.TakeFrom(fetcher.MirrorFolder(MirrorLayout.Msys2));
        string name = NameFor(foundation);
        if (engine.FindImage(name) is not null)
        {
            log.Step("container", "image", $"{name}: up to date");
            return name;
        }

        if (offline && !cache.Exists)
        {
            throw new BuildException(
                $"{engine.Name} has no image {name}, and --offline keeps its packages from being fetched: "
                    + $"run this once without, or give a --mirror=DIR that has {MirrorLayout.Msys2}/ (docs/msys2.md)");
        }

        log.Step("container", "image", $"{engine.Name} builds {name}{(cache.Exists ? " from the kept packages" : string.Empty)} ...");
        Build(foundation);
        if (!cache.Exists)
        {
            Keep();
            name = NameFor(foundation);
        }

        engine.Rename(Unnamed, name);
        log.Step("container", "image", $"{name}: done");
        return name;
    }

    private ImageFacts Base()
    {
        if (wanted is { Kind: BaseKind.Archive })
        {
            throw new UsageException(
                "--container-base: a Windows image cannot be made from an archive: "
                    + "give IMAGE@sha256:DIGEST, or the id of an image that is there");
        }

        string reference = wanted?.Text ?? Msys2Pins.BaseImage;
        return engine.FindImage(reference) ?? Fetch(reference);
    }

    private ImageFacts Fetch(string reference)
    {
        if (offline)
        {
            throw new BuildException(
                $"{engine.Name} has no image {reference}, and --offline keeps it from being fetched: "
                    + "run this once without, or load it (docs/msys2.md)");
        }

        log.Step("container", "base", $"{engine.Name} fetches {reference}");
        engine.Pull(reference, log.Live);
        return engine.FindImage(reference) ?? throw new BuildException($"{engine.Name} fetched {reference}, but does not have it");
    }

    private string NameFor(ImageFacts foundation)
    {
        Fingerprint inputs = new Fingerprint().Add("base", foundation.Content).Add("archive", Msys2Pins.Archive.Source.Pin);
        recipe.AddTo(inputs);
        cache.AddInputs(inputs);
        return $"{Repository}:{inputs.Hash[..16]}";
    }

    private void Build(ImageFacts foundation)
    {
        fetcher.FetchAsync([Msys2Pins.Archive]).GetAwaiter().GetResult();
        string context = Path.Combine(paths.Temporary, "image");
        recipe.CopyTo(context);
        File.Copy(fetcher.Locate(Msys2Pins.Archive).Path, Path.Combine(context, ArchiveName));
        cache.CopyTo(Path.Combine(context, "cache"));
        string logFile = paths.Log("container", "image");
        Files.Delete(logFile);
        engine.Build(new ImageBuild(context, foundation.Id, Unnamed, logFile) { HasNetwork = !offline }, log.Live);
        Files.Delete(context);
    }

    private void Keep()
    {
        Files.Delete(cache.Partial);
        Directory.CreateDirectory(cache.Partial);
        engine.CopyOut(Unnamed, ContainerSession.NameOf("keep"), ContainerSession.Label, new Dictionary<string, string>
        {
            [Msys2Shell.DefaultRoot + @"\var\cache\pacman\pkg"] = Path.Combine(cache.Partial, "pkg"),
            [Msys2Shell.DefaultRoot + @"\var\lib\pacman\sync"] = Path.Combine(cache.Partial, "sync"),
        });
        cache.Keep();
    }
}
