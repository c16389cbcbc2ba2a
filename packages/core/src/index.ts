export {
  Address,
  type AddressFault,
  type AddressRange,
  Cidr,
  type CidrText,
  countAddresses,
  type IpVersion,
} from "./address.js";
export { type AddressChanges, addressChanges, type MovedBlock } from "./address-changes.js";
export {
  ADDRESS_LOCK_FILE,
  type AddressLock,
  formatAddressLock,
  lockAddresses,
  type Placement,
  parseAddressLock,
  pinAddresses,
  writeAddressLock,
} from "./address-lock.js";
export { AddressPlan, type AddressPool, type BlockRequest } from "./address-plan.js";
export { type AddressClaim, AddressRegistry } from "./address-registry.js";
export { CATALOGUE } from "./catalogue.js";
export { Check } from "./check.js";
export { formatDuration, parseDuration } from "./duration.js";
export { type Breach, PlinthError, PlinthReport, type Rule } from "./errors.js";
export { isJsonObject, type Json, type JsonObject, sortKeys } from "./json.js";
export { findOwnerHash, isDnsLabel, nameFromPath, type Owner, ownedName, ownerHash, ownerText } from "./names.js";
export { type Described, Program } from "./program.js";
export { parseQuantity, type QuantityText, toGibibytes, toMebibytes } from "./quantity.js";
export { CORE } from "./rules.js";
export {
  FIRST_UNRESOLVED_NUMBER,
  findUnresolved,
  isOutput,
  isUnresolved,
  type OutputLike,
  unresolvedText,
} from "./unresolved.js";
