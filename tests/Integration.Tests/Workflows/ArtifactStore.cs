namespace Qcw.Integration.Tests.Workflows;

/// <summary>Where jobs leave files for each other, with the layout that actions/upload-artifact and download-artifact document.</summary>
/// <param name="folder">One folder an artifact.</param>
internal sealed class ArtifactStore(string folder)
{
    /// <summary>Stores files below the folder that they have in common, or a folder's content.</summary>
    public void Upload(string name, string workspace, IReadOnlyList<string> paths)
    {
        string target = Path.Combine(folder, name);
        if (paths is [var one] && Directory.Exists(Path.Combine(workspace, one)))
        {
            Copy(Path.Combine(workspace, one), target);
            return;
        }

        string common = paths[0].Split('/')[0];
        Assert.That(paths, Has.Count.GreaterThan(1).And.All.StartWith(common + "/"), "several files with a folder in common");
        foreach (string path in paths)
        {
            CopyFile(Path.Combine(workspace, path), Path.Combine(target, Path.GetRelativePath(common, path)));
        }
    }

    /// <summary>Puts all artifacts of a name, or of a pattern that ends in a star, into one folder.</summary>
    public void Download(string pattern, string target)
    {
        string[] artifacts = Directory.GetDirectories(folder, pattern);
        Assert.That(artifacts, Is.Not.Empty, pattern);
        foreach (string artifact in artifacts)
        {
            Copy(artifact, target);
        }
    }

    /// <summary>Copies what is in a folder.</summary>
    public static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            CopyFile(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
