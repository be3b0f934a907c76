using Qcw.Build.Compiling.Container;

namespace Qcw.Build.Tests.Compiling.Container;

/// <summary>An engine that has what it was given and notes what it is asked to do.</summary>
internal sealed class FakeEngine(string name, EngineState state) : IContainerEngine
{
    /// <summary>Images by every reference that finds them.</summary>
    public Dictionary<string, ImageFacts> Images { get; } = [];

    /// <summary>What it did.</summary>
    public List<string> Done { get; } = [];

    public IReadOnlyList<ListedContainer> Containers { get; init; } = [];

    public string Answer { get; init; } = string.Empty;

    public string Name => name;

    public EngineState Ask() => state;

    public ImageFacts? FindImage(string reference) => Images.GetValueOrDefault(reference);

    public void Pull(string reference, Action<string> onLine) => Add($"pull {reference}", reference);

    public void Import(string archive, string image) => Add($"import {image}", image);

    public void Build(ImageBuild build, Action<string> onLine) => Add($"build {build.Name} from {build.Base}", build.Name);

    public string Run(ContainerRun container, Action<string> onLine)
    {
        Done.Add($"run {container.Image}");
        return Answer;
    }

    public IReadOnlyList<ListedContainer> List(string label) => Containers;

    public void Remove(string container) => Done.Add($"remove {container}");

    private void Add(string what, string image)
    {
        Done.Add(what);
        Images.Add(image, new ImageFacts("id-of-" + image, "layers"));
    }
}
