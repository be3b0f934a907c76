using System.Text.RegularExpressions;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Components;

/// <summary>
/// The part of Podman's source tree that its documentation is made in: upstream's scripts write into the tree that they are in.
/// </summary>
/// <param name="root">Where the copy is, a full path.</param>
internal sealed partial class PodmanDocsTree(string root)
{
    /// <summary>Completes the sources: puts the texts of shared options into the pages that have them.</summary>
    public const string Preprocess = "hack/markdown-preprocess";

    /// <summary>Converts the pages of the commands that a client has.</summary>
    public const string Publish = "docs/remote-docs.sh";

    /// <summary>The pages' sources.</summary>
    public const string Sources = "docs/source/markdown";

    /// <summary>The client in the copy: its path there has no spaces, which upstream's script cannot handle.</summary>
    public const string Client = "./podman-remote";

    /// <summary>The tutorial that becomes a page, too.</summary>
    public const string Tutorial = "docs/tutorials/podman-for-windows.md";

    private const string Logo = "logo/podman-logo.png";

    /// <summary>Makes the copy.</summary>
    /// <exception cref="BuildException">Something is not where it is expected, or the tutorial has an image of another place.</exception>
    public void Copy(string source, string podmanRemote)
    {
        if (((string[])[Preprocess, Publish, Tutorial, Logo]).FirstOrDefault(file => !File.Exists(Path.Combine(source, file))) is
            { } missing)
        {
            throw new BuildException($"Podman's documentation cannot be made from {source}: it has no {missing}");
        }

        if (!File.Exists(podmanRemote))
        {
            throw new BuildException(
                $"Podman's documentation needs the remote client, built for this machine; there is none at {podmanRemote}");
        }

        Directory.CreateDirectory(root);
        DirectoryCopy.Write(Path.Combine(source, "docs"), Path.Combine(root, "docs"));
        foreach (string file in (string[])[Preprocess, Logo])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
            File.Copy(Path.Combine(source, file), Path.Combine(root, file));
        }

        File.CreateSymbolicLink(Path.Combine(root, Client), podmanRemote);
        UseOwnLogo(Path.Combine(root, Tutorial));
    }

    /// <summary>Checks that each command has a source. To be called when the sources are complete.</summary>
    /// <exception cref="BuildException">Names all commands that have none.</exception>
    public void RequireSources(IEnumerable<string> commands)
    {
        string[] missing = [.. commands.Where(command => !Candidates(command).Any(file => File.Exists(Path.Combine(root, file))))];
        if (missing.Length > 0)
        {
            throw new BuildException(
                $"Podman's documentation has no page for: {string.Join(", ", missing.Select(command => $"podman {command}"))} "
                + $"(expected {string.Join(" or ", Candidates(missing[0]))})");
        }
    }

    private static string[] Candidates(string command) =>
        [$"{Sources}/{PodmanCommands.Page(command)}.1.md", $"{Sources}/links/{PodmanCommands.Page(command)}.1"];

    /// <summary>
    /// The tutorial begins with a logo that pandoc would fetch to put it into the page; the source tree has one. Other such images are an
    /// error: without a network pandoc leaves an empty page.
    /// </summary>
    private static void UseOwnLogo(string tutorial)
    {
        string text = RemoteLogo().Replace(File.ReadAllText(tutorial), $"](../../{Logo})");
        if (RemoteImage().Match(text) is { Success: true } image)
        {
            throw new BuildException($"{Tutorial} of Podman has an image that is not in the source tree: {image.Groups["url"].Value}");
        }

        File.WriteAllText(tutorial, text);
    }

    [GeneratedRegex(@"\]\(https://raw\.githubusercontent\.com/[^)\s]*/podman-logo[^)\s]*\)")]
    private static partial Regex RemoteLogo();

    [GeneratedRegex(@"!\[[^\]]*\]\((?<url>https?://[^)\s]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex RemoteImage();
}
