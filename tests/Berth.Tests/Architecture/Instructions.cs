using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Berth.Tests.Architecture;

/// <summary>Reads compiled code (ECMA-335, partition III) as far as it names types, fields and methods.</summary>
internal static class Instructions
{
    private const byte TwoByteOpcode = 0xFE;

    private static readonly Dictionary<short, OpCode> Known = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(obj: null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The members a method's instructions refer to.</summary>
    public static IEnumerable<MemberInfo> MembersIn(MethodBase method, MethodBody body)
    {
        var code = body.GetILAsByteArray() ?? [];
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var opcode = ReadOpcode(code, ref at);
            if (opcode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                && method.Module.ResolveMember(BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)), ofType, ofMethod) is { } member)
            {
                yield return member;
            }

            at += LengthOfOperand(opcode, code.AsSpan(at));
        }
    }

    private static OpCode ReadOpcode(byte[] code, ref int at)
    {
        var first = code[at++];
        return Known[first == TwoByteOpcode ? BinaryPrimitives.ReadInt16BigEndian([first, code[at++]]) : first];
    }

    private static int LengthOfOperand(OpCode opcode, ReadOnlySpan<byte> operand) => opcode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
