namespace Cake.Frosting;

/// <summary>A failure of this task does not fail the build.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContinueOnErrorAttribute : Attribute;
