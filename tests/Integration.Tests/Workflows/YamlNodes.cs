using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>Looks into YAML.</summary>
internal static class YamlNodes
{
    /// <summary>What stands under a key, or null.</summary>
    public static YamlNode? Child(this YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    /// <summary>The text under a key, or null.</summary>
    public static string? Text(this YamlMappingNode node, string key) => (node.Child(key) as YamlScalarNode)?.Value;

    /// <summary>The mapping under a key; an empty one where there is none.</summary>
    public static YamlMappingNode Map(this YamlMappingNode node, string key) => node.Child(key) as YamlMappingNode ?? [];

    /// <summary>The list under a key; an empty one where there is none.</summary>
    public static IEnumerable<YamlNode> List(this YamlMappingNode node, string key) => node.Child(key) as YamlSequenceNode ?? [];

    /// <summary>Keys and texts of a mapping.</summary>
    public static IEnumerable<(string Key, string Value)> Texts(this YamlMappingNode node) =>
        node.Children.Select(entry => (((YamlScalarNode)entry.Key).Value!, ((YamlScalarNode)entry.Value).Value!));
}
