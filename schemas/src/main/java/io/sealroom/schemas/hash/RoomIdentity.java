package io.sealroom.schemas.hash;

/**
 * What every signature and hash of a room binds.
 *
 * @param chainId EIP-155 chain id
 * @param contract the Room's address
 * @param room the room's id, as text
 * @param policyHash PROTOCOL.md section 8
 */
public record RoomIdentity(long chainId, Address contract, String room, Bytes32 policyHash) {

    private static final Bytes32 DOMAIN_TYPE =
            Digests.id(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final Bytes32 DOMAIN_NAME = Digests.id("Sealroom");
    private static final Bytes32 DOMAIN_VERSION = Digests.id("1");

    /** The EIP-712 domain separator of the Room. */
    public Bytes32 domainSeparator() {
        return new AbiWords()
                .bytes32(DOMAIN_TYPE)
                .bytes32(DOMAIN_NAME)
                .bytes32(DOMAIN_VERSION)
                .uint(chainId)
                .address(contract)
                .keccak256();
    }

    /** The EIP-712 digest that is signed for a struct hash. */
    public Bytes32 digest(Bytes32 structHash) {
        return Digests.keccak256(
                new byte[] {0x19, 0x01}, domainSeparator().toBytes(), structHash.toBytes());
    }
}
