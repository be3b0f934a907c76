namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>The files of this repository that an image is built from.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="files">Their names.</param>
public sealed class ImageRecipe(string folder, params IReadOnlyList<string> files)
{
    /// <summary>Adds what they say to an image's inputs.</summary>
    public void AddTo(Fingerprint inputs)
    {
        foreach (string file in files)
        {
            inputs.AddFile(file, Path.Combine(folder, file));
        }
    }

    /// <summary>Makes an empty folder and puts them into it.</summary>
    /// <param name="target">Its full path.</param>
    public void CopyTo(string target)
    {
        Files.Delete(target);
        Directory.CreateDirectory(target);
        foreach (string file in files)
        {
            File.Copy(Path.Combine(folder, file), Path.Combine(target, file));
        }
    }
}
