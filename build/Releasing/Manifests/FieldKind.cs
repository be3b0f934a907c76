namespace Qcw.Build.Releasing.Manifests;

/// <summary>What a field of a manifest is.</summary>
public enum FieldKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Fields with rules of their own.</summary>
    Fields,

    /// <summary>A list of texts.</summary>
    Row,
}
