namespace Qcw.Build.Fetching.Mirroring;

/// <summary>Which inputs of a line a mirror gets.</summary>
/// <param name="Components">Components, libraries, and Go's SDK once for each host.</param>
/// <param name="Firmware">True: the line's firmware packages too.</param>
public sealed record MirrorSelection(IReadOnlyList<Component> Components, bool Firmware)
{
    /// <summary>All inputs of a line.</summary>
    public static MirrorSelection Everything(ReleaseLine line) => For(line, line.Components, firmware: true, sdk: true);

    /// <summary>The inputs of some components of a line, and of the libraries that these need.</summary>
    /// <param name="line">The line.</param>
    /// <param name="components">Components of the line.</param>
    /// <param name="firmware">True: with the line's firmware packages.</param>
    /// <param name="sdk">True: with Go's SDK, for every host: the machine that builds from the mirror may differ from this one.</param>
    /// <exception cref="UsageException">A component is a one-off of the command line, which the line does not pin.</exception>
    public static MirrorSelection For(ReleaseLine line, IReadOnlyList<Component> components, bool firmware, bool sdk)
    {
        IEnumerable<Component> libraries = line.Libraries.Where(components.SelectMany(line.DependenciesOf).Contains);
        GoSdk? wanted = sdk ? line.Go?.Sdk : null;
        Component[] all = [.. components.Concat(libraries).Concat(wanted?.All ?? []).Distinct()];
        return all.FirstOrDefault(component => component.IsOneOff) is { } oneOff
            ? throw new UsageException($"--{oneOff.Name}-source: a mirror has what the line {line.Name} pins, not a one-off; leave it out")
            : new MirrorSelection(all, firmware && line.Firmware.Count > 0);
    }

    /// <summary>Everything that is selected.</summary>
    /// <param name="line">The line.</param>
    public IEnumerable<Input> InputsOf(ReleaseLine line) =>
        [.. Components.SelectMany(Input.AllOf), .. Firmware ? Input.FirmwareOf(line) : []];

    /// <summary>The same without the libraries of a line, which come with some toolchains.</summary>
    public MirrorSelection WithoutLibraries(ReleaseLine line) =>
        this with { Components = [.. Components.ExceptBy(line.Libraries.Select(library => library.Name), component => component.Name)] };

    /// <summary>True where something can be fetched only with Debian's programs.</summary>
    public bool NeedsDebian => Firmware
        || Components.Any(component => Input.WaysTo(component).All(way => way.Inputs.Any(input => input.IsFromDebian))
            || Input.PatchesOf(component).Any(input => input.IsFromDebian));
}
