using Qcw.Build.Fetching.Cache;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>The folder that a mirror is written into. A file is written beside its place, compared with its pin, and renamed.</summary>
internal sealed class MirrorFolder(string folder)
{
    /// <summary>Full path of something in it.</summary>
    public string this[string relative] => Path.Combine(folder, Path.Combine(relative.Split('/')));

    /// <summary>Makes it where it is not there.</summary>
    /// <exception cref="BuildException">It cannot be made.</exception>
    public void Make()
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"--mirror {folder}: the folder cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Writes a file unless it is there and right.</summary>
    /// <exception cref="BuildException">The file in the cache is damaged.</exception>
    public MirrorState Put(MirrorFile file)
    {
        string target = this[file.Path];
        string? had = File.Exists(target) ? Fingerprint.HashFile(target) : null;
        if (had == file.Sha256)
        {
            return MirrorState.UpToDate;
        }

        Copy(file.Source, target, file.Sha256);
        return MirrorState.Written($"{(had is null ? "written" : $"replaced, it had other content (sha256 {had})")}, {ByteSize.Format(new FileInfo(target).Length)}");
    }

    /// <summary>Copies a file through one beside its place.</summary>
    /// <exception cref="BuildException">The copy has another sha256 than is wanted.</exception>
    public static void Copy(string source, string target, string sha256)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string partial = target + ".partial";
        using (FileStream from = File.OpenRead(source))
        using (FileStream to = File.Create(partial))
        {
            from.CopyTo(to);
            PartialFile.FlushToDisk(to);
        }

        if (Fingerprint.HashFile(partial) is var got && got != sha256)
        {
            File.Delete(partial);
            throw new BuildException($"{source} is damaged: delete it and run again\n    expected: {sha256}\n    got:      {got}");
        }

        File.Move(partial, target, overwrite: true);
    }
}
