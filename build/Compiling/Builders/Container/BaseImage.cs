namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>The image that the compilers are installed into: as asked for, else the one that ContainerBase makes.</summary>
/// <param name="engine">Where images are.</param>
/// <param name="wanted">What the command line says, or null.</param>
/// <param name="debian">Makes one.</param>
/// <param name="offline">True: the network is not used.</param>
/// <param name="log">Says what happens.</param>
public sealed class BaseImage(IContainerEngine engine, BaseReference? wanted, DebianBase debian, bool offline, BuildLog log)
{
    /// <summary>Images of ours that others are based on.</summary>
    public const string Repository = "qcw-base";

    /// <summary>The image; it is fetched, imported or made where the engine lacks it.</summary>
    /// <exception cref="BuildException">It is not available; the message says what to do.</exception>
    public ImageFacts Provide() => wanted switch
    {
        { Kind: BaseKind.Registry } => engine.FindImage(wanted.Text) ?? Pull(wanted.Text),
        { Kind: BaseKind.Archive } => ImportOnce(wanted.Text),
        { Kind: BaseKind.Local } => Known(wanted.Text),
        _ => engine.FindImage(DebianBase.ImageName) ?? Make(),
    };

    private ImageFacts Pull(string reference)
    {
        if (offline)
        {
            throw new BuildException(
                $"{engine.Name} has no image {reference}, and --offline keeps it from being fetched: "
                    + "run this once without, or give --container-base=ARCHIVE");
        }

        log.Step("container", "base", $"{engine.Name} fetches {reference}");
        engine.Pull(reference, log.Live);
        return Known(reference);
    }

    private ImageFacts ImportOnce(string archive)
    {
        string name = $"{Repository}:{Files.Sha256(archive)[..16]}";
        if (engine.FindImage(name) is { } there)
        {
            return there;
        }

        log.Step("container", "base", $"{engine.Name} imports {archive} as {name}");
        engine.Import(archive, name);
        return Known(name);
    }

    private ImageFacts Make()
    {
        string? obstacle = debian.IsMade ? null
            : offline ? "--offline keeps Debian's packages from being fetched" : DebianBase.Obstacle(debian.Program);
        if (obstacle is not null)
        {
            throw new UsageException(
                $"{engine.Name} has no base image to install the compilers into, and none can be made: "
                    + $"{obstacle}. Give one: --container-base=IMAGE@sha256:... "
                    + "from a registry, or the archive that --target=ContainerBase makes elsewhere (docs/containers.md)");
        }

        log.Step("container", "base", "no --container-base was given and there is none from earlier: making one with debootstrap");
        return debian.Provide(engine);
    }

    private ImageFacts Known(string reference) =>
        engine.FindImage(reference)
        ?? throw new UsageException(
            $"--container-base: {engine.Name} has no image {reference}; \"{engine.Name} images\" lists the ones that it has");
}
