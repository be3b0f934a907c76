namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>
/// The image with the compilers. Its name has the fingerprint of what it is made from, so it is built once and found again.
/// </summary>
/// <param name="paths">Where its recipe is.</param>
/// <param name="engine">Where images are.</param>
/// <param name="baseImage">What the compilers are installed into.</param>
/// <param name="offline">True: the network is not used.</param>
/// <param name="log">Says what happens.</param>
public sealed class ContainerImage(Paths paths, IContainerEngine engine, BaseImage baseImage, bool offline, BuildLog log)
{
    private readonly ImageRecipe recipe = new(paths.Image, "Dockerfile", "packages.txt");

    /// <summary>The digests of the base image's layers, separated by blanks; empty before <see cref="Provide"/>.</summary>
    public string Base { get; private set; } = string.Empty;

    /// <summary>The image's name; it is built where the engine lacks it.</summary>
    public string Provide()
    {
        ImageFacts foundation = baseImage.Provide();
        Base = foundation.Content;
        string name = "qcw-build:" + Inputs(foundation).Hash[..16];
        if (engine.FindImage(name) is not null)
        {
            log.Step("container", "image", $"{name}: up to date");
            return name;
        }

        if (offline)
        {
            throw new BuildException(
                $"{engine.Name} has no image {name}, and --offline keeps the packages for it from being fetched: "
                    + "run this once without, or load the image (docs/containers.md)");
        }

        log.Step("container", "image", $"{engine.Name} builds {name} ...");
        string context = Path.Combine(paths.Temporary, "image");
        recipe.CopyTo(context);
        string logFile = paths.Log("container", "image");
        Files.Delete(logFile);
        engine.Build(new ImageBuild(context, foundation.Id, name, logFile), log.Live);
        log.Step("container", "image", $"{name}: done");
        return name;
    }

    private Fingerprint Inputs(ImageFacts foundation)
    {
        var inputs = new Fingerprint().Add("base", foundation.Content);
        recipe.AddTo(inputs);
        return inputs;
    }
}
