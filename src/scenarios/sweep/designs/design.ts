/** The values of a point on its axes: each a share, strictly between 0 and 1, of the axis' range. */
type PointShare = (cell: number, axis: number) => number;

/** What the points of a design depend on, and nothing else. */
export interface DesignRequest {
  /** How many points, an integer ≥ 1. */
  readonly points: number;
  readonly axes: number;
  /** Of the design: the draws of the simulation have another. */
  readonly seed: number;
}

/** Points that fill a cube more evenly than independent ones would. */
export interface Design {
  /** The most axes that it is good for. */
  readonly mostAxes: number;
  /** The points, each worked out from its number. */
  open(request: DesignRequest): PointShare;
}
