using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>The forms of a base image.</summary>
public enum BaseKind
{
    /// <summary>In a registry, by digest.</summary>
    Registry,

    /// <summary>In the engine already, by id or by a name that ContainerBase gave.</summary>
    Local,

    /// <summary>A tar archive of a root folder.</summary>
    Archive,
}

/// <summary>The value of <c>--container-base</c>: an image that stays the same, however long from now it is asked for.</summary>
/// <param name="Kind">Which of the three forms it has.</param>
/// <param name="Text">A reference with a digest, an id or a name of ours, or the full path of an archive.</param>
public sealed partial record BaseReference(BaseKind Kind, string Text)
{
    /// <summary>Reads it.</summary>
    /// <param name="text">As given.</param>
    /// <param name="callerDirectory">A relative path is meant from here.</param>
    /// <exception cref="UsageException">It has none of the forms, or names a file that is not there.</exception>
    public static BaseReference Parse(string text, string callerDirectory)
    {
        if (WithDigest().IsMatch(text))
        {
            return new BaseReference(BaseKind.Registry, text);
        }

        if (ImageId().IsMatch(text) || text.StartsWith(BaseImage.Repository + ":", StringComparison.Ordinal))
        {
            return new BaseReference(BaseKind.Local, text);
        }

        string path = Path.GetFullPath(text, callerDirectory);
        if (File.Exists(path))
        {
            return new BaseReference(BaseKind.Archive, path);
        }

        throw new UsageException(
            LooksLikeArchive().IsMatch(text)
                ? $"--container-base: there is no archive {path}"
                : $"--container-base: \"{text}\" has no digest, and a tag may point to another image tomorrow: "
                    + "expected IMAGE@sha256:<64 digits>, the id of an image that is there, "
                    + $"{BaseImage.Repository}:<tag> as ContainerBase makes it, or a tar archive of a root folder");
    }

    [GeneratedRegex("^[a-z0-9][A-Za-z0-9._:/-]*@sha256:[0-9a-f]{64}$")]
    private static partial Regex WithDigest();

    [GeneratedRegex("^(sha256:)?[0-9a-f]{12,64}$")]
    private static partial Regex ImageId();

    [GeneratedRegex(@"\.(tar|tgz|txz)(\.\w+)?$")]
    private static partial Regex LooksLikeArchive();
}
