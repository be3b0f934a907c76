namespace Qcw.Build.Sources.Trees;

/// <summary>Keeps two runs from working on the same source tree. The system releases it when its holder dies.</summary>
internal sealed class TreeLock : IDisposable
{
    private readonly FileStream file;

    /// <summary>Takes the lock of a tree.</summary>
    /// <exception cref="BuildException">Another run has it.</exception>
    public TreeLock(string tree)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(tree)!);
        try
        {
            file = new FileStream(tree + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new BuildException($"another run is at work on {tree} ({e.Message})", e);
        }
    }

    /// <summary>Releases it. The file stays: deleting it would let two holders in.</summary>
    public void Dispose() => file.Dispose();
}
