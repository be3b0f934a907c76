namespace Qcw.Build.Fetching.Mirroring;

/// <summary>The folder that a mirror is written into. Each file is compared with its pin while it is written.</summary>
internal sealed class MirrorFolder(string folder)
{
    /// <summary>Full path of something in it.</summary>
    public string this[string relative] => Path.Combine(folder, Path.Combine(relative.Split('/')));

    /// <summary>Makes it where it is not there.</summary>
    /// <exception cref="BuildException">It cannot be made, or not be written into.</exception>
    public void Make() => FolderProblems.RequireWritable(folder, depth: 1);

    /// <summary>Writes a file unless it is there and right.</summary>
    /// <exception cref="BuildException">The file in the cache is damaged.</exception>
    public MirrorState Put(MirrorFile file)
    {
        string target = this[file.Path];
        string? had = File.Exists(target) ? Files.Sha256(target) : null;
        if (had == file.Sha256)
        {
            return MirrorState.UpToDate;
        }

        DiskSpace.Require(target, Files.SizeOf(file.Source), "writing " + file.Path);
        Files.Copy(file.Source, target, file.Sha256);
        return MirrorState.Written(
            $"{(had is null ? "written" : $"replaced, it had other content (sha256 {had})")}, "
                + $"{ByteSize.Format(new FileInfo(target).Length)}");
    }
}
