using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders.Container;

/// <summary>An engine that has what it was given and notes what it is asked to do.</summary>
internal sealed class FakeEngine(string name, EngineState state) : IContainerEngine
{
    /// <summary>Images by every reference that finds them.</summary>
    public Dictionary<string, ImageFacts> Images { get; } = [];

    /// <summary>What it did.</summary>
    public List<string> Done { get; } = [];

    public List<ContainerRun> Runs { get; } = [];

    public IReadOnlyList<ListedContainer> Containers { get; init; } = [];

    public string Answer { get; init; } = string.Empty;

    public string Name => name;

    public EngineState Ask() => state;

    public ImageFacts? FindImage(string reference) => Images.GetValueOrDefault(reference);

    public void Pull(string reference, Action<string> onLine) => Add($"pull {reference}", reference);

    public void Import(string archive, string image) => Add($"import {image}", image);

    /// <summary>The files that each image was built from.</summary>
    public List<string[]> Contexts { get; } = [];

    public void Build(ImageBuild build, Action<string> onLine)
    {
        Contexts.Add([
            .. Directory
                .GetFiles(build.Folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(build.Folder, file).Replace('\\', '/')),
        ]);
        Add($"build {build.Name} from {build.Base}", build.Name);
    }

    public string Run(ContainerRun container, Action<string> onLine)
    {
        Done.Add($"run {container.Image}");
        Runs.Add(container);
        return Answer;
    }

    /// <summary>What an image has: files by the path of the folder that they are copied out of.</summary>
    public Dictionary<string, string[]> Folders { get; } = [];

    public void CopyOut(string image, string container, string label, IReadOnlyDictionary<string, string> folders)
    {
        foreach ((string from, string to) in folders)
        {
            Done.Add($"copy {from} out of {image}");
            Directory.CreateDirectory(to);
            Folders[from].ToList().ForEach(name => File.WriteAllText(Path.Combine(to, name), "content of " + name));
        }
    }

    public void Rename(string image, string name)
    {
        Done.Add($"rename {image} {name}");
        Images.Add(name, Images[image]);
        Images.Remove(image);
    }

    public IReadOnlyList<ListedContainer> List(string label) => Containers;

    public void Remove(string container) => Done.Add($"remove {container}");

    private void Add(string what, string image)
    {
        Done.Add(what);
        Images.Add(image, new ImageFacts("id-of-" + image, "layers"));
    }
}
